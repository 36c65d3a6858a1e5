package cluster

import (
	"debug/elf"
	"slices"
	"strings"
	"testing"
)

// The program as it is installed: what makes a fault in it hard to use (cmake/Hardening.cmake).
func TestTheProgramIsHardened(t *testing.T) {
	binary, err := elf.Open(podregBinary())
	must(t, err)
	defer binary.Close()
	if binary.Type != elf.ET_DYN {
		t.Errorf("it is %v, not position independent", binary.Type)
	}
	var segments []elf.ProgType
	for _, segment := range binary.Progs {
		segments = append(segments, segment.Type)
		if segment.Type == elf.PT_GNU_STACK && segment.Flags&elf.PF_X != 0 {
			t.Error("its stack is executable")
		}
		if segment.Type == elf.PT_LOAD && segment.Flags&(elf.PF_X|elf.PF_W) == elf.PF_X|elf.PF_W {
			t.Error("a segment is both writable and executable")
		}
	}
	if !slices.Contains(segments, elf.PT_GNU_RELRO) {
		t.Error("it has no RELRO")
	}
	flags, err := binary.DynValue(elf.DT_FLAGS)
	must(t, err)
	if len(flags) != 1 || elf.DynFlag(flags[0])&elf.DF_BIND_NOW == 0 {
		t.Errorf("RELRO is not full: flags %v", flags)
	}
	for _, path := range []elf.DynTag{elf.DT_RPATH, elf.DT_RUNPATH} {
		if found, _ := binary.DynString(path); len(found) > 0 {
			t.Errorf("it looks for libraries in %v", found)
		}
	}
	mustImport(t, binary, "the stack protector", func(name string) bool { return name == "__stack_chk_fail" })
	mustImport(t, binary, "_FORTIFY_SOURCE", func(name string) bool { return strings.HasSuffix(name, "_chk") && name != "__stack_chk_fail" })
}

func mustImport(t *testing.T, binary *elf.File, what string, is func(name string) bool) {
	t.Helper()
	symbols, err := binary.ImportedSymbols()
	must(t, err)
	if !slices.ContainsFunc(symbols, func(symbol elf.ImportedSymbol) bool { return is(symbol.Name) }) {
		t.Errorf("it was built without %s", what)
	}
}
