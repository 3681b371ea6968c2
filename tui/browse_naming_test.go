package tui_test

import "testing"

// In an address a name beyond ASCII is percent signs: every question that
// cannot be taken back has the name as people write it, first of all and in
// every window.
func TestQuestionsNameFilesAsPeopleWriteThem(t *testing.T) {
	for _, size := range [][2]int{{40, 12}, {80, 24}} {
		d := libraryIn(t, some(), "ja", size[0], size[1])
		d.Press("end")
		d.Press("d")
		d.See("写真 1.jpg", "次のURLは404になります")
		d.Press("esc", "m", "ctrl+u")
		d.Type("春 2.jpg")
		d.Press("enter")
		d.See("  写真 1.jpg", "> 春 2.jpg")
		d.Press("esc", "R")
		d.Type("/tmp/夏.jpg")
		d.Press("enter")
		d.See("写真 1.jpg", "夏.jpg")
		d.Press("esc", "u")
		d.Type("/tmp/秋.jpg")
		d.Press("enter")
		d.See("B  秋.jpg")
		d.Press("esc")
	}
}

// Of several, each has its name and its address.
func TestSeveralAreNamedWithTheirAddresses(t *testing.T) {
	d := libraryIn(t, some(), "en", 100, 30)
	d.Press("end", "space", "up", "space", "d")
	d.See("  写真 1.jpg", "media/%E5%86%99%E7%9C%9F%201.jpg", "  teaser.mp4", "media/teaser.mp4")
}
