package state

// Nodes are the names of the Node objects that a control plane makes.
var Nodes = []string{"node-a", "node-b"}

// ForwardAddress is an annotation of pods: the address on this machine that port-forward connects to
// for that pod (127.0.0.1 when absent), so that two pods can have something on the same port.
const ForwardAddress = "podreg.test/forward-address"
