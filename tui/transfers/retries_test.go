package transfers

import (
	"testing"
	"time"

	"github.com/mediadock/mediadock/media"
)

// What is refused whatever happens is a problem, and nothing to try again.
func TestWhatEndsTheSameIsNotTriedAgain(t *testing.T) {
	log := NewLog(time.Now)
	o := log.Add(&Operation{Kind: media.OpPut, Each: true, Files: []File{{Name: "http"}, {Name: "large"}, {Name: "busy"}, {Name: "same"}}})
	log.Start(o)
	for name, code := range map[string]string{"http": "url-http", "large": "url-too-large", "busy": "url-busy", "same": media.CodeSameURLName} {
		log.Take(o, media.Event{Type: media.EventItem, From: name, Status: media.StatusOf(code), Code: code, Err: &media.Error{Code: code}})
	}
	log.End(o)
	if len(o.Problems()) != 4 {
		t.Fatalf("%d problems of 4", len(o.Problems()))
	}
	names := map[string]bool{}
	for _, i := range o.Retries() {
		names[o.Files[i].Name] = true
	}
	if len(names) != 2 || !names["busy"] || !names["same"] {
		t.Errorf("tried again: %v", names)
	}
	if o.Last != "" {
		t.Errorf("%q is shown as under way", o.Last)
	}
}
