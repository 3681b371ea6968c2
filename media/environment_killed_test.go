package media_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/mediatest"
)

var devID = address.EnvironmentID(mediatest.Service, "dev")

// environmentKilled is a copy into an environment: whatever cuts it short, the
// source is whole, what is in the environment is a whole copy, and the same
// again brings it to its end.
func environmentKilled(name string, files map[string]string, parts bool) killing {
	want := map[string]string{}
	for path, content := range files {
		want[path], want[devID+"/"+path] = content, content
	}
	return killing{
		task: task{name: name, do: "environment", files: files, parts: parts},
		want: []map[string]string{want},
		fine: func(now map[string]string) bool {
			for path, content := range want {
				if got, there := now[path]; !strings.HasPrefix(path, devID) && !there || there && got != content {
					return false
				}
			}
			for path := range maps.Keys(now) {
				if _, known := want[path]; !known {
					return false
				}
			}
			return true
		},
		again: func(t *testing.T, r *mediatest.Room) {
			if parts {
				r.CopyInPartsAbove(1<<20, 5<<20)
			}
			plan, err := r.PlanEnvironment(t.Context(), devID, media.EnvironmentOptions{IntoExisting: len(r.EnvironmentsLeft()) == 0})
			if err != nil {
				t.Error(err)
				return
			}
			res := r.CopyEnvironment(t.Context(), plan, nil)
			if left := r.EnvironmentsLeft(); !res.Check.Equal() || res.Check.Target != res.Check.Source || res.Resumable || res.Failed+res.Refused > 0 || len(left) > 0 {
				t.Errorf("again: %+v, left %+v", res, left)
			}
		},
	}
}

func removeEnvironmentAgain(t *testing.T, r *mediatest.Room) {
	l := r.In(devID)
	plan, err := l.PlanRemoveEnvironment(t.Context())
	if err != nil {
		t.Error(err)
		return
	}
	res := l.RemoveEnvironment(t.Context(), plan, nil)
	if left := l.EnvironmentsLeft(); res.Rest != 0 || res.Resumable || res.Failed > 0 || len(left) > 0 {
		t.Errorf("again: %+v, left %+v", res, left)
	}
}
