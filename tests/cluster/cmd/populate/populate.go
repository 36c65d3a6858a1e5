package main

import (
	"context"
	"fmt"
	"os"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"podreg/tests/cluster/fixture"
)

func populate(ctx context.Context, kubeconfig, namespaceName string, bulk fixture.Bulk) error {
	start := time.Now()
	namespace, err := open(ctx, kubeconfig, namespaceName)
	if err != nil {
		return err
	}
	err = namespace.Populate(ctx, bulk, func(made int) {
		if made%1000 == 0 {
			fmt.Fprintf(os.Stderr, "populate: %d of %d pods\n", made, bulk.Pods)
		}
	})
	if err != nil {
		return err
	}
	bytes, err := podSize(ctx, namespace, bulk.Service)
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "populate: %d pods of %d bytes ready behind Service %s/%s after %.1f s\n",
		bulk.Pods, bytes, namespace.Name, bulk.Service, time.Since(start).Seconds())
	return nil
}

func populateDemo(ctx context.Context, kubeconfig string) error {
	namespace, err := open(ctx, kubeconfig, fixture.DemoNamespace)
	if err != nil {
		return err
	}
	return namespace.Demo(ctx)
}

func open(ctx context.Context, kubeconfig, name string) (fixture.Namespace, error) {
	client, err := fixture.NewClient(kubeconfig)
	if err != nil {
		return fixture.Namespace{}, err
	}
	return fixture.NewNamespace(ctx, client, name)
}

// podSize is how long the server's JSON of one of the pods is.
func podSize(ctx context.Context, namespace fixture.Namespace, service string) (int, error) {
	pods, err := namespace.Client.CoreV1().Pods(namespace.Name).List(ctx,
		metav1.ListOptions{LabelSelector: "app=" + service, Limit: 1})
	if err != nil || len(pods.Items) == 0 {
		return 0, err
	}
	body, err := namespace.Client.CoreV1().RESTClient().Get().Namespace(namespace.Name).
		Resource("pods").Name(pods.Items[0].Name).SetHeader("Accept", "application/json").DoRaw(ctx)
	return len(body), err
}
