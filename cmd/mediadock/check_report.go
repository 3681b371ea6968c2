package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/tui/text"
)

// otherReports are the reports of files that a test is joined and compared
// with.
type otherReports struct {
	app            *app
	with, baseline *awscheck.Report
	withFile       string
}

// others reads --with and --baseline, and sees that they are of this
// connection.
func (t *tester) others(o checkOptions) (*otherReports, error) {
	others := &otherReports{app: t.app, withFile: o.with}
	this := awscheck.Outline(t.target, t.options.Source)
	for _, f := range []struct {
		file, code string
		to         **awscheck.Report
		fits       func(a, b awscheck.Report) error
	}{
		{o.with, "with_other", &others.with, awscheck.SameConnection},
		{o.baseline, "baseline_other", &others.baseline, awscheck.SameMedia},
	} {
		if f.file == "" {
			continue
		}
		report, err := t.app.readReport(f.file)
		if err != nil {
			return nil, err
		}
		if err := f.fits(this, report); err != nil {
			return nil, t.app.otherConnection(f.code, f.file, err)
		}
		*f.to = &report
	}
	return others, nil
}

// apply joins and compares a report as far as it was asked for. A test that
// could not run says nothing to join.
func (o *otherReports) apply(report awscheck.Report) (awscheck.Report, error) {
	if o.with != nil && report.Verdict != awscheck.NotRun {
		joined, err := awscheck.Join(report, *o.with)
		if err != nil {
			return report, o.app.otherConnection("with_other", o.withFile, err)
		}
		joined.Connection, joined.Only = report.Connection, report.Only
		if !o.app.flags.json {
			o.app.printRows("report.joined-rows", newRows(report, joined))
		}
		report = joined
	}
	if o.baseline != nil {
		changes, err := awscheck.Compare(*o.baseline, report)
		if err != nil {
			return report, o.app.otherConnection("baseline_other", "", err)
		}
		report.Changes = &changes
	}
	return report, nil
}

// newRows are the rows of joined that this side's report did not have so.
func newRows(own, joined awscheck.Report) (rows []awscheck.Result) {
	had := map[string]awscheck.Result{}
	for _, r := range own.Results {
		had[r.ID] = r
	}
	for _, r := range joined.Results {
		if old, ok := had[r.ID]; !ok || !reflect.DeepEqual(old, r) {
			rows = append(rows, r)
		}
	}
	return rows
}

func (a *app) otherConnection(code, file string, err error) error {
	var other *awscheck.OtherConnectionError
	if !errors.As(err, &other) {
		return err
	}
	why := a.text.Say(other.TextID(), map[string]string{"a": other.A, "b": other.B})
	return usage(code, map[string]string{"file": file, "detail": why})
}

// readReport reads a report from a file: 3 where the file cannot be read, 2
// where it is no report.
func (a *app) readReport(file string) (awscheck.Report, error) {
	f, err := os.Open(file)
	if err != nil {
		return awscheck.Report{}, couldNot("report_unreadable", map[string]string{"file": file}, err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, awscheck.MaxReport+1))
	if err != nil {
		return awscheck.Report{}, couldNot("report_unreadable", map[string]string{"file": file}, err)
	}
	report, err := awscheck.ReadReport(data)
	var bad *awscheck.ReportError
	if errors.As(err, &bad) {
		return report, usage("report_bad", map[string]string{"file": file, "detail": a.text.Say(bad.TextID(), bad.Args())})
	}
	return report, err
}

// mayReplaceReport lets a report take the place of a report, and of nothing
// else.
func mayReplaceReport(file string) error {
	return mayReplace(file, "output_exists", awscheck.MaxReport, awscheck.LooksLikeReport)
}

// asMarkdown chooses the form of a report by the name of its file; where the
// name does not say, it is the form that is printed.
func (a *app) asMarkdown(file string) bool {
	switch strings.ToLower(filepath.Ext(file)) {
	case ".md", ".markdown":
		return true
	case ".json":
		return false
	}
	return !a.flags.json
}

// reportFile is a report as the content of a file, in the words of say.
func (a *app) reportFile(say func(string, map[string]string) string, r awscheck.Report, markdown bool) ([]byte, error) {
	var b strings.Builder
	if err := writeJSON(&b, r.JSON(say), true); err != nil {
		return nil, err
	}
	if !markdown {
		return []byte(b.String()), nil
	}
	return r.Markdown(awscheck.Printing{Say: say, Safe: text.Safe, JSON: []byte(b.String())}), nil
}

func (a *app) writeReport(file string, r awscheck.Report) error {
	data, err := a.reportFile(a.text.Say, r, a.asMarkdown(file))
	if err != nil {
		return err
	}
	if err := putFile(file, data); err != nil {
		return couldNot("write", map[string]string{"file": file}, err)
	}
	if !a.flags.json {
		a.tell(a.text.Say("cmd.report_written", map[string]string{"file": file}))
	}
	return nil
}
