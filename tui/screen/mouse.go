package screen

import (
	"image"

	tea "charm.land/bubbletea/v2"
)

// Spot is a part of what is drawn that can be clicked. Whoever draws says
// where it is, in the cells of its own area; the root finds what was hit.
type Spot struct {
	Area image.Rectangle
	// Click is sent to whoever drew the spot when it is clicked, and Double
	// when that is done twice in a row; nil for nothing.
	Click, Double tea.Msg
}

// Row is a click on a row of a list, or on an option.
type Row struct{ Index int }

// Crumb is a click on a part of the header's left side.
type Crumb struct{ Index int }

// Wheel is a turn of the wheel by so many rows, downwards where it is more
// than none. Over is the Click of the spot that the mouse stands on, nil
// without: where a screen has several lists, it tells which one is meant.
type Wheel struct {
	Rows int
	Over tea.Msg
}
