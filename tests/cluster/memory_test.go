package cluster

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
)

// timesInMemory counts how often a secret stands in what a process may write to: its heap, stacks and data. Its
// end is looked for, because malloc overwrites the beginning of what is given back.
func timesInMemory(t *testing.T, process int, secret string) int {
	t.Helper()
	end := []byte(secret[len(secret)-2*piece:])
	maps, err := os.ReadFile(fmt.Sprintf("/proc/%d/maps", process))
	must(t, err)
	memory, err := os.Open(fmt.Sprintf("/proc/%d/mem", process))
	must(t, err)
	defer memory.Close()
	count := 0
	for line := range strings.Lines(string(maps)) {
		var begin, behind uint64
		var access string
		_, err := fmt.Sscanf(line, "%x-%x %s", &begin, &behind, &access)
		must(t, err)
		if !strings.HasPrefix(access, "rw") {
			continue
		}
		part := make([]byte, behind-begin)
		read, err := io.ReadFull(io.NewSectionReader(memory, int64(begin), int64(behind-begin)), part)
		if err != nil && read == 0 {
			continue // a region that cannot be read, such as one of a device
		}
		count += bytes.Count(part[:read], end)
	}
	return count
}
