package wizard

import (
	"slices"
	"strings"
	"testing"
)

// A table that is typed line by line is the one that is meant.
func TestTableLines(t *testing.T) {
	raw := ""
	for _, line := range []string{"public/* guest read", "my photos/* authenticated get, list、write", "own/{entity_id}/*  entityidentity  get", "public/* guest get"} {
		table, ok := PutTableLine("paths", raw, line)
		if !ok {
			t.Fatalf("%q is no row", line)
		}
		raw = table
	}
	v, _, err := CheckField("paths", raw, Settings{})
	want := `{"public/*":{"guest":["get"]},"my photos/*":{"authenticated":["get","list","write"]},"own/` + sub + `/*":{"entityidentity":["get"]}}`
	if err != nil || v != want {
		t.Errorf("%s, %v", v, err)
	}
	lines, ok := TableLines("paths", v)
	if !ok || strings.Join(lines, "\n") != "public/* guest get\nmy photos/* authenticated get,list,write\nown/{entity_id}/* entityidentity get" {
		t.Errorf("%q", lines)
	}
	for _, line := range []string{"", "public/*", "public/* guest", " , "} {
		if _, ok := PutTableLine("paths", raw, line); ok {
			t.Errorf("%q was taken for a row", line)
		}
	}
	if raw, ok = DropTableLine("paths", v, 2); !ok || strings.Contains(raw, "photos") {
		t.Errorf("%s", raw)
	}
	for _, n := range []int{0, 3, -1} {
		if _, ok := DropTableLine("paths", raw, n); ok {
			t.Errorf("row %d was removed", n)
		}
	}
	better, _ := NewTableLines("paths", `{"a/*":{"guest":["get"]},"b":{"guest":["get"]}}`, `{"a/*":{"guest":["get"]},"b/*":{"guest":["get"]}}`)
	if !slices.Equal(better, []string{"b/* guest get"}) {
		t.Errorf("%q", better)
	}
	if _, ok := PutTableLine("notes", "", "a b c"); ok {
		t.Error("notes are a table")
	}
}

// Roles keep what is wrong with them until it is put right, and lose nothing.
func TestAppRoleLines(t *testing.T) {
	raw := ""
	for _, line := range []string{"groupsadmin " + adminRole, "guest " + guestRole, "authenticated x", "authenticated " + authRole} {
		raw, _ = PutTableLine("app_roles", raw, line)
	}
	if v, _, err := CheckField("app_roles", raw, Settings{}); err != nil || v != allRoles {
		t.Errorf("%s, %v", v, err)
	}
	lines, _ := TableLines("app_roles", raw)
	if !slices.Equal(lines, []string{"guest " + guestRole, "authenticated " + authRole, "groupsadmin " + adminRole}) {
		t.Errorf("%q", lines)
	}
	for line, code := range map[string]string{"admin " + adminRole: "app_roles.who", "groups " + adminRole: "app_roles.who", "guest x": "app_roles.arn"} {
		wrong, _ := PutTableLine("app_roles", raw, line)
		if _, _, err := CheckField("app_roles", wrong, Settings{}); err == nil || err.Code != code {
			t.Errorf("%q: %v", line, err)
		}
		if lines, _ := TableLines("app_roles", wrong); !slices.Contains(lines, line) {
			t.Errorf("%q is lost: %q", line, lines)
		}
	}
	if raw, _ := DropTableLine("app_roles", `{"guest":"`+guestRole+`"}`, 1); raw != "" {
		t.Errorf("no roles are %q", raw)
	}
}
