package main

import (
	"context"

	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/marker"
	"github.com/mediadock/mediadock/tui/world"
)

var _ world.Markers = (*services)(nil)

func (s *services) Markers(ctx context.Context, name string) (rows []world.Marker, unsure []string, err error) {
	sel, err := s.app.load(name, false)
	if err != nil {
		return nil, nil, err
	}
	b, err := s.app.markerBucket(ctx, sel.settings)
	if err != nil {
		return nil, nil, err
	}
	found, err := b.List(ctx)
	if err != nil {
		return nil, nil, s.app.markerFailure(ctx, err, sel, "list", address.CloudinaryMarkers)
	}
	doc := markersOf(sel.settings, found)
	for _, cloud := range doc.Missing {
		key := address.CloudinaryMarker(cloud)
		rows = append(rows, world.Marker{State: "missing", Cloud: cloud, Key: key, Step: marker.Step{Op: marker.Add, Cloud: cloud, Key: key}})
	}
	for i, m := range doc.Markers {
		state := "allowed"
		if !m.Wanted {
			state = "unexpected"
		}
		rows = append(rows, world.Marker{State: state, Cloud: m.Cloud, Key: m.Key, Step: marker.Step{Op: marker.Rm, Cloud: m.Cloud, Key: m.Key, Marker: &found.Markers[i]}})
	}
	for _, m := range doc.Misplaced {
		rows = append(rows, world.Marker{State: "misplaced", Key: m.Key, Want: m.Want})
	}
	for _, key := range doc.Foreign {
		rows = append(rows, world.Marker{State: "foreign", Key: key})
	}
	return rows, found.Unsure, nil
}

func (s *services) ChangeMarkers(ctx context.Context, name string, steps []marker.Step) (done []string, err error) {
	sel, err := s.app.load(name, false)
	if err != nil {
		return nil, err
	}
	b, err := s.app.markerBucket(ctx, sel.settings)
	if err != nil {
		return nil, err
	}
	for _, step := range steps {
		op, err := b.Do(ctx, step)
		if err != nil {
			what := "write"
			if step.Op == marker.Rm {
				what = "delete"
			}
			return done, s.app.markerFailure(ctx, err, sel, what, step.Key)
		}
		done = append(done, op)
	}
	return done, nil
}
