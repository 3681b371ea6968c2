package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/alttext"
	"github.com/mediadock/mediadock/media/catalog"
	"github.com/mediadock/mediadock/tui/grid"
	"github.com/mediadock/mediadock/tui/text"
)

// pictures are a place's pictures with what is to be said of their alt texts.
type pictures struct {
	lib    *media.Library
	sel    selection
	place  *catalog.Place
	prefix string // of paths, ending in a slash or empty
	survey alttext.Survey
}

// openPictures opens what a command about alt texts works on: the catalogue in
// line with the bucket, and the texts that too many pictures share.
func (a *app) openPictures(cmd *cobra.Command, folder string, refresh bool) (*pictures, error) {
	lib, sel, err := a.openMedia(cmd, transferFlags{})
	if err != nil {
		return nil, err
	}
	ctx := cmd.Context()
	place, err := a.openCatalogue(ctx, sel)
	if err != nil {
		return nil, err
	}
	if err := a.refreshCatalogue(ctx, lib, place, refresh); err != nil {
		return nil, a.mediaFailure(ctx, err, sel)
	}
	p := &pictures{lib: lib, sel: sel, place: place, prefix: folderPrefix(folder)}
	p.survey.Repeats, err = repeats(ctx, place)
	return p, a.catalogueFailure(ctx, err)
}

// folderPrefix is how the paths in a folder begin.
func folderPrefix(folder string) string {
	if folder = strings.Trim(folder, "/"); folder == "" {
		return ""
	}
	return folder + "/"
}

// repeats are the alt texts that too many different pictures of a place have.
func repeats(ctx context.Context, place *catalog.Place) (map[string]bool, error) {
	var r alttext.Repeats
	err := place.Repeated(ctx, alttext.MostAlike, func(e catalog.Entry) error {
		if catalog.Kind(e.Path) == catalog.KindImage {
			r.Add(e.Path, e.Alt)
		}
		return nil
	})
	return r.Found(), err
}

// each calls yield for every picture, in the order of paths.
func (p *pictures) each(ctx context.Context, yield func(alttext.Judged, catalog.Entry) error) error {
	return p.place.Pictures(ctx, p.prefix, func(e catalog.Entry) error {
		return yield(p.survey.Add(alttext.Picture{Path: e.Path, Alt: e.Alt, Mark: e.AltMark}), e)
	})
}

func (a *app) altStatusCommand() *cobra.Command {
	var folders, refresh bool
	cmd := &cobra.Command{
		Use:  "status [FOLDER]",
		Args: cobra.MaximumNArgs(1),
		RunE: a.do(func(cmd *cobra.Command, args []string) error {
			p, err := a.openPictures(cmd, first(args), refresh)
			if err != nil {
				return err
			}
			p.survey.PerFolder = folders
			return a.altStatus(cmd.Context(), p)
		}),
	}
	cmd.Flags().BoolVar(&folders, "folders", false, "")
	cmd.Flags().BoolVar(&refresh, "refresh", false, "")
	return cmd
}

// altStatusJSON is the coverage; folders are there where they were asked for.
type altStatusJSON struct {
	Folder string `json:"folder"`
	alttext.Coverage
	Percent int              `json:"percent"`
	Reasons map[string]int   `json:"reasons"`
	Folders []alttext.Folder `json:"folders,omitempty"`
}

func (a *app) altStatus(ctx context.Context, p *pictures) error {
	reasons := map[string]int{}
	err := p.each(ctx, func(j alttext.Judged, _ catalog.Entry) error {
		for _, r := range j.Reasons {
			reasons[r]++
		}
		return nil
	})
	if err != nil {
		return a.catalogueFailure(ctx, err)
	}
	s := &p.survey
	if a.flags.json {
		return writeJSON(a.io.out, altStatusJSON{p.prefix, s.Coverage, s.Percent(), reasons, s.Folders()}, true)
	}
	a.printCoverage(s.Coverage, reasons)
	if s.PerFolder {
		a.printFolders(s.Folders())
	}
	return nil
}

func (a *app) printCoverage(c alttext.Coverage, reasons map[string]int) {
	row := func(id string, n int, more string) {
		line := padded(a.text.Say("media.alt.count."+id, nil), 22) + grid.FitRight(strconv.Itoa(n), 9) + more
		fmt.Fprintln(a.io.out, strings.TrimRight(line, " "))
	}
	row("images", c.Images, "")
	if c.Images == 0 {
		return
	}
	row("with-alt", c.WithAlt, "")
	row("decorative", c.Decorative, "")
	row("missing", c.Missing, "")
	row("suspicious", c.Suspicious, "")
	for _, code := range alttext.Codes() {
		if n := reasons[code]; n > 0 && code != alttext.CodeMissing && code != alttext.CodeTooLong {
			fmt.Fprintln(a.io.out, "  "+padded(a.text.Say("media.alt."+code, nil), 42)+grid.FitRight(strconv.Itoa(n), 7))
		}
	}
	row("hints", c.Hints, "")
	row("done", c.Images-c.Missing, " ("+strconv.Itoa(c.Percent())+" %)")
}

// mostFolders is how many folders are printed; all of them are in the JSON.
const mostFolders = 50

func (a *app) printFolders(folders []alttext.Folder) {
	cells := func(images, missing, suspicious, name string) {
		fmt.Fprintln(a.io.out, grid.FitRight(images, 9)+"  "+grid.FitRight(missing, 9)+"  "+grid.FitRight(suspicious, 10)+"  "+name)
	}
	fmt.Fprintln(a.io.out)
	say := func(id string) string { return a.text.Say("media.alt.column."+id, nil) }
	cells(say("images"), say("missing"), say("suspicious"), say("folder"))
	for i, f := range folders {
		if i == mostFolders {
			fmt.Fprintln(a.io.out, a.text.Say("cmd.plan.more", map[string]string{"count": strconv.Itoa(len(folders) - i)}))
			return
		}
		cells(strconv.Itoa(f.Images), strconv.Itoa(f.Missing), strconv.Itoa(f.Suspicious), text.Safe("/"+f.Path))
	}
}

// altFilter narrows pictures to those that somebody should look at.
type altFilter struct {
	missing, suspicious bool
	reasons             []string
	all                 bool // also those that are fine, where nothing else is said
}

func (f *altFilter) add(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&f.missing, "missing-alt", false, "")
	cmd.Flags().BoolVar(&f.suspicious, "suspicious-alt", false, "")
	cmd.Flags().StringSliceVar(&f.reasons, "reason", nil, "")
}

func (f *altFilter) check() error {
	for _, r := range f.reasons {
		if !slices.Contains(alttext.Codes(), r) {
			return usage("bad_alt_reason", map[string]string{"value": r, "values": strings.Join(alttext.Codes(), ", ")})
		}
	}
	return nil
}

func (f *altFilter) takes(v alttext.Verdict) bool {
	switch {
	case f.missing && v.Class == alttext.Missing, f.suspicious && v.Class == alttext.Suspicious:
		return true
	case slices.ContainsFunc(f.reasons, func(r string) bool { return slices.Contains(v.Reasons, r) }):
		return true
	case f.missing || f.suspicious || len(f.reasons) > 0:
		return false
	}
	return f.all || len(v.Reasons) > 0
}

func (a *app) altListCommand() *cobra.Command {
	var f altFilter
	var refresh bool
	cmd := &cobra.Command{
		Use:  "list [FOLDER]",
		Args: cobra.MaximumNArgs(1),
		RunE: a.do(func(cmd *cobra.Command, args []string) error {
			if err := f.check(); err != nil {
				return err
			}
			p, err := a.openPictures(cmd, first(args), refresh)
			if err != nil {
				return err
			}
			return a.altList(cmd.Context(), p, f)
		}),
	}
	f.add(cmd)
	cmd.Flags().BoolVar(&refresh, "refresh", false, "")
	return cmd
}

// altJSON is one line of `media alt list --json`.
type altJSON struct {
	Type    string        `json:"type"`
	Path    string        `json:"path"`
	URL     string        `json:"url"`
	Alt     string        `json:"alt"`
	Mark    string        `json:"mark"`
	Class   alttext.Class `json:"class"`
	Reasons []string      `json:"reasons"`
}

// altList prints one picture a line as it is found.
func (a *app) altList(ctx context.Context, p *pictures, f altFilter) error {
	err := p.each(ctx, func(j alttext.Judged, e catalog.Entry) error {
		if !f.takes(j.Verdict) {
			return nil
		}
		if a.flags.json {
			doc := altJSON{"alt", e.Path, p.lib.URL(e.Path), e.Alt, e.AltMark, j.Class, j.Reasons}
			return writeJSON(a.io.out, doc, false)
		}
		line := text.Safe(e.Path) + "\n    " + a.altReasons(j.Reasons)
		if e.Alt != "" {
			line += "\n    " + text.Safe(e.Alt)
		}
		_, err := fmt.Fprintln(a.io.out, line)
		return err
	})
	if err != nil {
		return a.catalogueFailure(ctx, err)
	}
	if !a.flags.json && p.survey.Open() == 0 {
		a.tell(a.text.Say("media.alt.none", map[string]string{"count": strconv.Itoa(p.survey.Images)}))
	}
	return nil
}

// altReasons says what somebody should look at.
func (a *app) altReasons(codes []string) string {
	words := make([]string, len(codes))
	for i, c := range codes {
		words[i] = a.text.Say("media.alt."+c, nil)
	}
	return strings.Join(words, a.text.Say("media.alt.and", nil))
}
