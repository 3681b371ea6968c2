package tui_test

import "testing"

func TestURLsInPlaceOfFilesAreImported(t *testing.T) {
	lib := some()
	d, _ := library(t, lib, 100, 30)
	d.Press("u")
	d.Type("https://www.example.com/new.png http://www.example.com/plain.png")
	d.Press("enter")
	d.See("Fetch 1 URL into this folder?", "https://www.example.com/new.png", "is not encrypted", "> fetch 1")
	if lib.Has("new.png") {
		t.Fatal("imported without being told to")
	}
	d.Press("enter")
	d.See("1 uploaded", "new.png")
	if !lib.Has("new.png") || lib.Has("plain.png") {
		t.Errorf("the library has %v", lib.Files)
	}
}

func TestFilesAndURLsAreNotMixed(t *testing.T) {
	d, _ := library(t, some(), 100, 30)
	d.Press("u")
	d.Type("/tmp/team.png https://www.example.com/new.png")
	d.Press("enter")
	d.See("cannot be uploaded at once")
}
