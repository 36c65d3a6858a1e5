package cluster

import (
	"context"
	"testing"
	"time"
)

// limited is the test's context, ended early.
func limited(t *testing.T, limit time.Duration) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), limit)
	t.Cleanup(cancel)
	return ctx
}
