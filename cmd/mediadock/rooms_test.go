package main

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/mediadock/mediadock"

// golist returns, for each package of the project, what `go list` says.
func golist(t *testing.T, format string) map[string][]string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "list", "-f", format, module+"/...")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	packages := map[string][]string{}
	for line := range strings.SplitSeq(strings.TrimSpace(string(out)), "\n") {
		name, rest, _ := strings.Cut(line, " ")
		packages[strings.TrimPrefix(name, module+"/")] = strings.Fields(rest)
	}
	return packages
}

func ours(imports []string) []string {
	var out []string
	for _, i := range imports {
		if short, ok := strings.CutPrefix(i, module+"/"); ok {
			out = append(out, short)
		}
	}
	return out
}

func within(pkg string, rooms ...string) bool {
	for _, r := range rooms {
		if pkg == r || strings.HasPrefix(pkg, r+"/") {
			return true
		}
	}
	return false
}

// leaves may be imported by everybody and import nothing of ours but leaves.
var leaves = []string{"media/address", "media/lazyregexp", "media/guess", "media/imgix", "media/journal", "media/privacy", "media/preview", "media/doctor", "awscheck/policy", "awscheck/diagnose", "awscheck/connect"}

// TestRooms holds the import rules of docs/architecture.md.
func TestRooms(t *testing.T) {
	direct := golist(t, `{{.ImportPath}} {{join .Imports " "}}`)
	for pkg, imports := range direct {
		for _, i := range ours(imports) {
			if why := forbidden(pkg, i); why != "" {
				t.Errorf("%s imports %s: %s", pkg, i, why)
			}
		}
		if within(pkg, "tui") {
			for _, i := range imports {
				if strings.HasPrefix(i, "github.com/aws/") {
					t.Errorf("%s imports %s: the terminal UI reaches AWS through the domain", pkg, i)
				}
			}
		}
	}
	deps := golist(t, `{{.ImportPath}} {{join .Deps " "}}`)
	for pkg, all := range deps {
		if within(pkg, "tui", "cmd") {
			continue
		}
		if i := slices.IndexFunc(all, func(d string) bool { return strings.HasPrefix(d, "charm.land/") }); i >= 0 {
			t.Errorf("%s depends on %s: the domain knows nothing of the terminal", pkg, all[i])
		}
	}
}

// forbidden says why pkg may not import another package of ours, or "".
func forbidden(pkg, imported string) string {
	domain := within(pkg, "wizard", "awscheck", "media")
	switch {
	case within(pkg, leaves...) && !within(imported, leaves...):
		return "leaves import leaves alone"
	case domain && within(imported, "tui", "cmd"):
		return "the domain carries codes; words and screens are the terminal's"
	case within(imported, "awscheck/sandbox") && !within(pkg, "awscheck/sandbox", "cmd", "awscheck/awschecktest", "media/mediatest"):
		return "the sandbox is for cmd and tests: nothing else may tell it from AWS"
	case pkg == "wizard" && within(imported, "awscheck", "media") && !within(imported, leaves...),
		within(pkg, "media") && !within(pkg, leaves...) && (within(imported, "wizard") || imported == "awscheck"),
		within(pkg, "awscheck") && !within(pkg, leaves...) && !within(pkg, "awscheck/sandbox") && (within(imported, "wizard") || within(imported, "media") && !within(imported, leaves...)):
		return "wizard, awscheck and media meet in cmd alone"
	case within(pkg, "tui") && !within(pkg, "tui/plain") && screens(pkg) && screens(imported) && pkg != imported:
		return "one screen never imports another; the root knows them all"
	}
	return ""
}

func screens(pkg string) bool {
	return within(pkg, "tui/home", "tui/setup", "tui/check", "tui/browse", "tui/policies")
}
