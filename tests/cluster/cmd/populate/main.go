// populate fills a cluster for benchmarks (many pods behind one Service) or for a demonstration.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"podreg/tests/cluster/fixture"
)

func main() {
	kubeconfig := flag.String("kubeconfig", "", "kubeconfig of somebody who may make everything")
	demo := flag.Bool("demo", false, "make a small shop in the namespace "+fixture.DemoNamespace+", and nothing else")
	namespace := flag.String("namespace", "bench", "namespace; made when it does not exist")
	var bulk fixture.Bulk
	flag.StringVar(&bulk.Service, "service", "shop-order", "name of the Service, and of its pods")
	flag.IntVar(&bulk.Pods, "pods", 2000, "how many pods")
	flag.IntVar(&bulk.PodBytes, "pod-bytes", 10240, "about the size of a pod's JSON; 0: small pods")
	flag.IntVar(&bulk.Clients, "clients", 16, "how many requests are under way at once")
	flag.Parse()
	if *kubeconfig == "" || flag.NArg() > 0 || bulk.Clients < 1 {
		flag.Usage()
		os.Exit(2)
	}

	ctx, cancel := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer cancel()
	run := func() error { return populate(ctx, *kubeconfig, *namespace, bulk) }
	if *demo {
		run = func() error { return populateDemo(ctx, *kubeconfig) }
	}
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "populate: error:", err)
		os.Exit(1)
	}
}
