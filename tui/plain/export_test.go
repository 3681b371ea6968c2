package plain

import (
	"context"
	"io"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/tui/world"
	"github.com/mediadock/mediadock/wizard"
)

// Check is the test alone, for people who answer nothing.
func Check(ctx context.Context, s world.Services, catalog *text.Catalog, settings wizard.Settings, name string, o world.CheckOptions, out io.Writer) (awscheck.Report, error) {
	t := newTerminal(nothing{}, out)
	return runCheck(ctx, s, catalog, settings, name, o, t)
}

type nothing struct{}

func (nothing) Read([]byte) (int, error) { return 0, io.EOF }
