package world

import (
	"context"

	"github.com/mediadock/mediadock/media/marker"
)

// Marker is a row about Cloudinary's marker files: one that is there, is
// missing, or is something else.
type Marker struct {
	// State is "allowed", "unexpected" (allowed, and not among the settings'),
	// "missing", "foreign" (no marker) or "misplaced".
	State string
	Cloud string
	Key   string
	Want  string // where a misplaced one should be
	// Step removes the marker, or adds the missing one; its Op is empty where
	// there is nothing to do.
	Step marker.Step
}

// Markers are Services that look after marker files.
type Markers interface {
	// Markers lists them, those that are missing among them. unsure are
	// folders that could not be looked into.
	Markers(ctx context.Context, name string) (rows []Marker, unsure []string, err error)
	// ChangeMarkers does steps and tells what each did: "add", "keep", "rm",
	// "gone". After an error nothing more is done.
	ChangeMarkers(ctx context.Context, name string, steps []marker.Step) (done []string, err error)
}
