package tuitest

import (
	"context"

	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/marker"
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"
)

// MarkerFiles are the marker files of a World: the cloud names that have one, and
// those that the settings name.
type MarkerFiles struct {
	There, Wanted []string
	Err           error // of looking and of changing
}

// Markers lists Marks.
func (w *World) Markers(context.Context, string) (rows []world.Marker, unsure []string, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.Marks.Err != nil {
		return nil, nil, w.Marks.Err
	}
	there := map[string]bool{}
	for _, cloud := range w.Marks.There {
		there[cloud] = true
		key := address.CloudinaryMarker(cloud)
		rows = append(rows, world.Marker{State: "allowed", Cloud: cloud, Key: key, Step: marker.Step{Op: marker.Rm, Cloud: cloud, Key: key}})
	}
	for _, cloud := range w.Marks.Wanted {
		if !there[cloud] {
			key := address.CloudinaryMarker(cloud)
			rows = append(rows, world.Marker{State: "missing", Cloud: cloud, Key: key, Step: marker.Step{Op: marker.Add, Cloud: cloud, Key: key}})
		}
	}
	return rows, nil, nil
}

// ChangeMarkers changes Marks.
func (w *World) ChangeMarkers(_ context.Context, _ string, steps []marker.Step) (done []string, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.Marks.Err != nil {
		return nil, w.Marks.Err
	}
	for _, s := range steps {
		left := []string{}
		for _, cloud := range w.Marks.There {
			if cloud != s.Cloud {
				left = append(left, cloud)
			}
		}
		if s.Op == marker.Add {
			left = append(left, s.Cloud)
		}
		w.Marks.There, done = left, append(done, s.Op)
	}
	return done, nil
}

// Clouds is a world with a connection of Cloudinary's, one of whose two cloud
// names has its marker file.
func Clouds() *World {
	w := NewWorld()
	s := wizard.Settings{Integration: "cloudinary", Bucket: "alpha-prod-assets", Region: "ap-northeast-1", Access: "caller", Prefix: "media", CloudNames: "alpha-prod,alpha-staging"}
	w.Conns = []world.Connection{{Name: "cloud", Settings: s, TestedAt: Now, Media: 3}}
	w.Marks = MarkerFiles{There: []string{"alpha-prod"}, Wanted: []string{"alpha-prod", "alpha-staging"}}
	return w
}
