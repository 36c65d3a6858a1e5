package main

import (
	"errors"
	"fmt"
	"net/url"
	"time"

	"go.etcd.io/etcd/server/v3/embed"

	"podreg/tests/cluster/state"
)

func startEtcd(dir state.Dir, ports state.Ports) (*embed.Etcd, error) {
	client, peer := loopback(ports.Etcd), loopback(ports.EtcdPeer)
	config := embed.NewConfig()
	config.Dir = dir.Etcd()
	config.ListenClientUrls, config.AdvertiseClientUrls = []url.URL{client}, []url.URL{client}
	config.ListenPeerUrls, config.AdvertisePeerUrls = []url.URL{peer}, []url.URL{peer}
	config.InitialCluster = config.InitialClusterFromName(config.Name)
	config.LogLevel = "error"
	// Written data survives the death of the process, which is all that tests do to it.
	config.UnsafeNoFsync = true
	// The default of 2 GiB is too little for 20,000 pods of 10 KB, each written twice.
	config.QuotaBackendBytes = 8 << 30

	etcd, err := embed.StartEtcd(config)
	if err != nil {
		return nil, err
	}
	select {
	case <-etcd.Server.ReadyNotify():
		return etcd, nil
	case <-time.After(30 * time.Second):
		etcd.Close()
		return nil, errors.New("etcd did not become ready in 30 s")
	}
}

// closeEtcd waits no longer than a test would. What was acknowledged is in its log on disk.
func closeEtcd(etcd *embed.Etcd) {
	closed := make(chan struct{})
	go func() {
		etcd.Close()
		close(closed)
	}()
	select {
	case <-closed:
	case <-time.After(2 * time.Second):
	}
}

func loopback(port int) url.URL {
	return url.URL{Scheme: "http", Host: fmt.Sprintf("127.0.0.1:%d", port)}
}
