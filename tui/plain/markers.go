package plain

import (
	"context"
	"strings"

	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/marker"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"
)

// markers is the step about Cloudinary's marker files; none of other services.
func (h *home) markers(c world.Connection) []step {
	by, ok := h.world.(world.Markers)
	if _, environment := c.Of(); !ok || environment != "" || c.Settings.Integration != wizard.Cloudinary {
		return nil
	}
	return []step{{h.c.UI.Markers.Title, func(ctx context.Context) error { return h.markerPage(ctx, by, c) }, false}}
}

// markerPage lists the marker files and does what is chosen until the person
// goes back.
func (h *home) markerPage(ctx context.Context, by world.Markers, c world.Connection) error {
	w := &h.c.UI.Markers
	for {
		rows, unsure, err := by.Markers(ctx, c.Name)
		if err != nil {
			return h.failed(ctx, c.Name, err)
		}
		h.listMarkers(rows, unsure)
		var options []option
		var acts []func() error
		add := func(words string, act func() error) {
			options, acts = append(options, option{words: words}), append(acts, act)
		}
		var missing []marker.Step
		var clouds []string
		for _, r := range rows {
			switch r.Step.Op {
			case marker.Add:
				missing, clouds = append(missing, r.Step), append(clouds, safe(r.Cloud))
			case marker.Rm:
				add(w.KeyRemove+h.c.UI.Check.Colon+safe(r.Cloud), func() error { return h.removeMarker(ctx, by, c, r) })
			}
		}
		if missing != nil {
			add(w.KeyAdd+h.c.UI.Check.Colon+h.c.List(clouds), func() error { return h.addMarkers(ctx, by, c, missing) })
		}
		if options == nil {
			return nil
		}
		n, err := h.menu(ctx, options, menuWords{question: h.l.AskStep, help: []string{h.l.HelpStep}, back: true, usual: back})
		if err != nil || n == back {
			return err
		}
		h.t.line("")
		if err := h.did(acts[n]()); err != nil {
			return err
		}
		h.t.line("")
	}
}

func (h *home) listMarkers(rows []world.Marker, unsure []string) {
	w := &h.c.UI.Markers
	h.t.line(text.Fill(w.About, "folder", address.CloudinaryMarkers))
	if len(rows) == 0 {
		h.t.line(w.None)
	}
	for _, r := range rows {
		state := map[string]string{
			"allowed": w.Allowed, "unexpected": w.Unexpected, "missing": w.Missing, "foreign": w.Foreign,
			"misplaced": text.Fill(w.Misplaced, "want", safe(r.Want)),
		}[r.State]
		h.t.line(strings.TrimSpace(safe(r.Cloud)+"  "+safe(r.Key)) + h.c.UI.Check.Colon + state)
	}
	if len(unsure) > 0 {
		h.t.line(text.Fill(w.Unsure, "folders", safe(h.c.List(unsure))))
	}
}

// addMarkers shows what is to be written, asks, and writes.
func (h *home) addMarkers(ctx context.Context, by world.Markers, c world.Connection, steps []marker.Step) error {
	w := &h.c.UI.Markers
	h.t.line(text.Fill(w.AddBody, "n", itoa(len(steps))))
	for _, s := range steps {
		h.t.line("  " + safe(s.Key))
	}
	n, err := h.t.menu(ctx, h.l, []option{{words: h.c.UI.Keys.Cancel}, {words: w.AddYes}}, menuWords{question: w.AddTitle, help: []string{h.l.HelpStep}, back: true, usual: 0})
	if err != nil || n != 1 {
		return err
	}
	return h.changeMarkers(ctx, by, c, steps, "")
}

// removeMarker says what ends, asks for the cloud name, and deletes.
func (h *home) removeMarker(ctx context.Context, by world.Markers, c world.Connection, r world.Marker) error {
	w := &h.c.UI.Markers
	h.t.line(text.Fill(w.RemoveBody, "cloud", safe(r.Cloud), "bucket", safe(c.Settings.Bucket)))
	h.t.line("  " + safe(r.Key))
	h.t.say("%s (%s) > ", w.RemoveLabel, safe(r.Cloud))
	typed, err := h.t.answer(ctx)
	switch typed = narrow(typed); {
	case err != nil:
		return err
	case typed == "" || typed == goBack:
		return nil
	case typed != r.Cloud:
		h.t.line(text.Fill(h.c.UI.Dialog.TypedWrong, "want", safe(r.Cloud)))
		return nil
	}
	return h.changeMarkers(ctx, by, c, []marker.Step{r.Step}, r.Cloud)
}

func (h *home) changeMarkers(ctx context.Context, by world.Markers, c world.Connection, steps []marker.Step, cloud string) error {
	done, err := by.ChangeMarkers(ctx, c.Name, steps)
	if err != nil {
		return h.failed(ctx, c.Name, err)
	}
	h.t.line(h.c.UI.Markers.Told(done, cloud))
	return nil
}
