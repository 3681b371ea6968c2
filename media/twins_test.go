package media_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/doctor"
	"github.com/mediadock/mediadock/media/mediatest"
)

// lay writes local files and returns the directory that holds them.
func lay(t *testing.T, names ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range names {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// twinsOf are the remarks about twins of a plan, by path.
func twinsOf(plan media.PutPlan) map[string]string {
	found := map[string]string{}
	for _, item := range plan.Items {
		for _, n := range item.Notes {
			if n.Code == doctor.CaseTwin || n.Code == doctor.FormTwin {
				found[item.Path] = n.Code + " " + n.Args["other"]
			}
		}
	}
	return found
}

// What is in the bucket under nearly the same name is told before anything is
// sent, of few files as of many in many folders.
func TestTwinsInTheBucketAreTold(t *testing.T) {
	r := mediatest.Sandbox(t).Room(t, media.Options{})
	r.LayMany([]string{"photo.JPG", "カ\u3099.png", "d3/x1.JPG", "d4/カ\u3099.png", "d4/other.png"})
	few, err := r.PlanPut(t.Context(), []string{lay(t, "photo.jpg", "ガ.png", "new.png") + "/"}, media.PutOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if got := twinsOf(few); len(got) != 2 || got["photo.jpg"] != doctor.CaseTwin+" photo.JPG" || got["ガ.png"] != doctor.FormTwin+" カ\u3099.png" {
		t.Errorf("of few: %q", got)
	}
	names := []string{"d4/ガ.png"}
	for d := range 6 {
		for x := range 4 {
			names = append(names, fmt.Sprintf("d%d/x%d.jpg", d, x))
		}
	}
	many, err := r.PlanPut(t.Context(), []string{lay(t, names...) + "/"}, media.PutOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if got := twinsOf(many); len(got) != 2 || got["d3/x1.jpg"] != doctor.CaseTwin+" d3/x1.JPG" || got["d4/ガ.png"] != doctor.FormTwin+" d4/カ\u3099.png" {
		t.Errorf("of many: %q", got)
	}
}

// A key over 1,024 bytes is refused with how long it is and where to shorten
// it, and the others of the upload go on.
func TestKeysThatAreTooLongAreRefusedWithWhatToShorten(t *testing.T) {
	r := mediatest.Sandbox(t).Room(t, media.Options{})
	folder := strings.Repeat("長い名前のフォルダ", 40)
	plan, err := r.PlanPut(t.Context(), []string{lay(t, "a.png")}, media.PutOptions{To: "x/" + folder[:990]})
	if err == nil {
		t.Fatalf("%d items", len(plan.Items))
	}
	plan, err = r.PlanPut(t.Context(), []string{lay(t, "短い.png", strings.Repeat("写", 80)+".png") + "/"}, media.PutOptions{To: folder[:810]})
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range plan.Items {
		key := len(item.Key)
		switch {
		case key <= 1024 && item.Code != "", key > 1024 && item.Code != media.CodeNameTooLong:
			t.Errorf("%d bytes: %q", key, item.Code)
		case item.Code != "" && (item.Args["bytes"] != fmt.Sprint(key) || item.Args["over"] != fmt.Sprint(key-1024) || item.Args["size"] != "810" || !strings.HasPrefix(item.Args["part"], "長い名前のフォルダ")):
			t.Errorf("%v", item.Args)
		}
	}
	if plan.Items[0].Code == plan.Items[1].Code {
		t.Errorf("both: %q", plan.Items[0].Code)
	}
}

// A folder that an upload makes beside its twin is told once, in the bucket as
// in the upload; one that is there already is no news, and neither is a folder
// under another one.
func TestTwinFoldersAreTold(t *testing.T) {
	r := mediatest.Sandbox(t).Room(t, media.Options{})
	r.LayMany([]string{"Photos/a.png", "ニュース/カ\u3099/a.png", "both/a.png", "Both/a.png", "x/PHOTOS.png"})
	var full []string // a page, before Photos/
	for i := range 1100 {
		full = append(full, fmt.Sprintf("P%04d.png", i))
	}
	r.LayMany(full)
	plan, err := r.PlanPut(t.Context(), []string{lay(t, "photos/1.png", "photos/2.png", "ニュース/ガ/1.png", "both/1.png", "x/photos/1.png", "new/1.png", "NEW/2.png") + "/"}, media.PutOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, item := range plan.Items {
		for _, n := range item.Notes {
			if n.Code == doctor.FolderTwin {
				got = append(got, n.Args["folder"]+" "+n.Args["other"])
			}
		}
	}
	slices.Sort(got)
	if want := []string{"new/ NEW/", "photos/ Photos/", "ニュース/ガ/ ニュース/カ\u3099/"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// A folder that is there is no new one, however many files come before it.
func TestATwinFolderBehindManyFilesIsNotNew(t *testing.T) {
	r := mediatest.Sandbox(t).Room(t, media.Options{})
	paths := []string{"Images/a.png", "images/a.png"}
	for i := range 2100 { // more than are looked at, before Images/
		paths = append(paths, fmt.Sprintf("IMG_%04d.png", i))
	}
	r.LayMany(paths)
	plan, err := r.PlanPut(t.Context(), []string{lay(t, "Images/1.png") + "/"}, media.PutOptions{})
	if err != nil || len(plan.Items) != 1 {
		t.Fatalf("%+v, %v", plan.Items, err)
	}
	for _, n := range plan.Items[0].Notes {
		if n.Code == doctor.FolderTwin {
			t.Errorf("%+v", n)
		}
	}
}
