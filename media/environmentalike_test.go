package media_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/mediatest"
)

// Who asks is told each file that came out equal, with its ETag here, once a
// run; none that is another one or in the environment alone.
func TestWhatIsAlikeIsTold(t *testing.T) {
	r := mediatest.Sandbox(t).Room(t, media.Options{})
	r.LayMany([]string{"a.txt", "b/c.txt", "other.txt", devID + "/alone.txt"})
	r.Lay("same.txt", "the same")
	r.Lay(devID+"/same.txt", "the same")
	r.Lay(devID+"/other.txt", "not the source's")
	for run := range 2 {
		told := map[string]string{}
		res, _ := toEnvironment(t, r.Library, media.EnvironmentOptions{IntoExisting: true, Alike: func(from string, to media.Item) {
			if _, twice := told[to.Path]; twice {
				t.Errorf("%s twice", to.Path)
			}
			if told[to.Path] = to.ETag; to.ETag == "" || to.ETag != from || to.Modified.IsZero() || to.Size == 0 {
				t.Errorf("run %d: from %q, to %+v", run, from, to)
			}
		}})
		if !res.Check.Done || res.Check.Different != 1 || res.Check.Extra != 1 {
			t.Errorf("run %d: %+v", run, res.Check)
		}
		if got := slices.Sorted(maps.Keys(told)); !slices.Equal(got, []string{"a.txt", "b/c.txt", "same.txt"}) {
			t.Errorf("run %d: told %q", run, got)
		}
	}
}
