package main

import (
	"context"
	"time"

	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/kubernetes/pkg/controller/endpoint"
	"k8s.io/kubernetes/pkg/controller/endpointslice"
	"k8s.io/kubernetes/pkg/controller/endpointslicemirroring"

	"podreg/tests/cluster/state"
)

// adminClient is not held back by the client's own rate limit: the controllers share it.
func adminClient(dir state.Dir) (*kubernetes.Clientset, error) {
	config, err := clientcmd.BuildConfigFromFlags("", dir.TokenKubeconfig())
	if err != nil {
		return nil, err
	}
	config.QPS = -1
	config.ContentType = "application/vnd.kubernetes.protobuf"
	return kubernetes.NewForConfig(config)
}

// startControllers runs the controllers that turn Services and Pods into Endpoints and
// EndpointSlices, and the one that copies hand-made Endpoints into slices, with the limits that
// kube-controller-manager gives them.
func startControllers(ctx context.Context, client kubernetes.Interface) {
	// Changes of many pods at once are gathered this long. Without it, making 2,000 pods rewrites a
	// list of 1,000 addresses at each of them.
	const gather = 100 * time.Millisecond
	const perSlice, perMirroredSubset, workers = 100, 1000, 5

	informer := informers.NewSharedInformerFactory(client, 0)
	core, discovery := informer.Core().V1(), informer.Discovery().V1()
	endpoints := endpoint.NewEndpointController(
		ctx, core.Pods(), core.Services(), core.Endpoints(), client, gather)
	slices := endpointslice.NewController(
		ctx, core.Pods(), core.Services(), core.Nodes(), discovery.EndpointSlices(), perSlice, client, gather)
	mirror := endpointslicemirroring.NewController(
		ctx, core.Endpoints(), discovery.EndpointSlices(), core.Services(), perMirroredSubset, client, gather)
	informer.Start(ctx.Done())
	informer.WaitForCacheSync(ctx.Done())
	go endpoints.Run(ctx, workers)
	go slices.Run(ctx, workers)
	go mirror.Run(ctx, workers)
}
