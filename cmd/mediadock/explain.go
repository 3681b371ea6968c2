package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/tui/report"
	"github.com/mediadock/mediadock/wizard"
)

func (a *app) explainCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:  "explain [TEXT | -]",
		RunE: a.do(a.explain),
	}
	addFieldFlags(cmd.Flags())
	return cmd
}

func (a *app) explain(cmd *cobra.Command, args []string) error {
	pasted, cut, err := a.pasted(cmd.Context(), args)
	if err != nil {
		return err
	}
	if strings.TrimSpace(pasted) == "" {
		return usage("explain.empty", nil)
	}
	known, err := a.explainFacts(cmd)
	if err != nil {
		return err
	}
	var all []explanation
	for _, r := range diagnose.ReadAll(pasted) {
		all = append(all, explanation{Reading: r, causes: diagnose.Explain(r.Evidence, known)})
	}
	if a.flags.json {
		err = a.printExplanationsJSON(all)
	} else {
		a.printExplanations(all)
		if cut {
			a.tell(a.text.Say("explain.cut", map[string]string{"bytes": strconv.Itoa(diagnose.MaxText / 2)}))
		}
	}
	if err != nil {
		return err
	}
	for _, x := range all {
		if !x.unknown() {
			return nil
		}
	}
	return said(exitFailed)
}

// explanation is one error of the text and what it means.
type explanation struct {
	diagnose.Reading
	causes []diagnose.Cause
}

func (x explanation) unknown() bool { return len(x.causes) == 0 || diagnose.Unknown(x.causes) }

// pasted is the text: the arguments, or stdin for "-" or a pipe. It never
// waits for a person to type. Of what is too long it is the beginning and the
// end, cut then: logs end with what went wrong.
func (a *app) pasted(ctx context.Context, args []string) (text string, cut bool, err error) {
	if len(args) > 0 && (len(args) > 1 || args[0] != "-") {
		return strings.Join(args, " "), false, nil
	}
	if len(args) == 0 && a.io.inTTY {
		return "", false, nil
	}
	in, done := a.stdin(ctx)
	defer done()
	const half = diagnose.MaxText/2 - 1
	var head, tail bytes.Buffer
	if _, err := io.CopyN(&head, in, diagnose.MaxText); errors.Is(err, io.EOF) {
		return head.String(), false, nil
	} else if err != nil {
		return "", false, couldNot("explain.read", nil, err)
	}
	tail.Write(head.Bytes()[half:])
	head.Truncate(half)
	for {
		n, err := io.CopyN(&tail, in, half)
		if err != nil && !errors.Is(err, io.EOF) {
			return "", false, couldNot("explain.read", nil, err)
		}
		if cut = cut || n > 0; !cut { // just as long as can be
			return head.String() + tail.String(), false, nil
		}
		tail.Next(max(0, tail.Len()-half))
		if errors.Is(err, io.EOF) {
			return head.String() + "\n\n" + tail.String(), true, nil
		}
	}
}

// explainFacts are what is known of the connection that was named; nothing
// where none was. Half the settings are good enough.
func (a *app) explainFacts(cmd *cobra.Command) (diagnose.Facts, error) {
	name, err := a.connectionName(nil)
	if err != nil {
		return diagnose.Facts{}, err
	}
	values, _ := a.fieldValues(cmd)
	var sel selection
	switch {
	case name != "":
		if sel, err = a.choose(cmd, nil, true); err != nil {
			return diagnose.Facts{}, err
		}
	case len(values) > 0:
		sel.settings, _, _ = wizard.Apply(wizard.Settings{}, values)
	default:
		return diagnose.Facts{}, nil
	}
	f := facts(sel)
	f.CallerAccess = sel.settings.Access == "caller"
	return f, nil
}

// explanationJSON is an explanation with --json; several are an array.
type explanationJSON struct {
	Recognised recognisedJSON       `json:"recognised"`
	Summary    string               `json:"summary"`
	Times      int                  `json:"times"`
	Known      bool                 `json:"known"`
	Causes     []awscheck.CauseJSON `json:"causes"`
	Undecided  string               `json:"undecided,omitempty"`
}

type recognisedJSON struct {
	Operation  string `json:"operation,omitempty"`
	Code       string `json:"code,omitempty"`
	HTTPStatus int    `json:"http_status,omitempty"`
	Network    string `json:"network,omitempty"`
	Message    string `json:"message,omitempty"`
	Principal  string `json:"principal,omitempty"`
	Action     string `json:"action,omitempty"`
	Resource   string `json:"resource,omitempty"`
	PolicyType string `json:"policy_type,omitempty"`
	PolicyARN  string `json:"policy_arn,omitempty"`
	RequestID  string `json:"request_id,omitempty"`
}

func (a *app) printExplanationsJSON(all []explanation) error {
	docs := []explanationJSON{}
	for _, x := range all {
		d, _ := diagnose.ParseDenial(x.Message)
		doc := explanationJSON{
			Recognised: recognisedJSON{
				Operation: strings.TrimSuffix(x.Operation, " https://"), Code: x.Code, HTTPStatus: x.HTTPStatus, Network: x.Network, Message: x.Message,
				Principal: d.Principal, Action: d.Action, Resource: d.Resource,
				PolicyType: string(d.Layer), PolicyARN: d.PolicyARN, RequestID: x.RequestID,
			},
			Summary: a.explainedAs(x), Times: x.Times, Known: !x.unknown(), Causes: awscheck.CausesJSON(x.causes, a.text.Say),
		}
		if why := diagnose.Undecided(x.causes); why != "" {
			doc.Undecided = a.text.Say("undecided."+why, nil)
		}
		docs = append(docs, doc)
	}
	if len(docs) == 1 {
		return writeJSON(a.io.out, docs[0], true)
	}
	return writeJSON(a.io.out, docs, true)
}

func (a *app) printExplanations(all []explanation) {
	if len(all) > 1 {
		a.show(a.text.Say("explain.several", map[string]string{"count": strconv.Itoa(len(all))}))
	}
	for i, x := range all {
		if len(all) > 1 {
			fmt.Fprintln(a.io.out)
			a.show(a.text.Say("explain.number", map[string]string{"number": strconv.Itoa(i + 1), "count": strconv.Itoa(len(all)), "times": strconv.Itoa(x.Times)}))
		}
		a.printExplanation(x)
	}
}

func (a *app) printExplanation(x explanation) {
	a.show(a.explainedAs(x))
	if x.unknown() {
		for line := range strings.SplitSeq(strings.TrimSpace(x.Message), "\n") {
			a.show("  " + line)
		}
		return
	}
	if x.RequestID != "" {
		a.show(a.text.Say("explain.request", map[string]string{"request": x.RequestID}))
	}
	fmt.Fprintln(a.io.out)
	for _, c := range x.causes {
		a.printExplainedCause(c)
	}
	if why := diagnose.Undecided(x.causes); why != "" {
		fmt.Fprintln(a.io.out)
		a.show(a.text.Say("undecided."+why, nil))
	}
}

// printExplainedCause prints a cause and its fixes, and below a fix of a sure
// cause the document that it tells to save.
func (a *app) printExplainedCause(c diagnose.Cause) {
	if c.Likelihood == diagnose.RuledOut {
		return
	}
	a.show("  " + a.sayCause(c))
	steps := report.Steps(c.Fixes)
	for i, fix := range awscheck.CausesJSON([]diagnose.Cause{c}, a.text.Say)[0].Fixes {
		for _, l := range fixLines(steps[i].Place(a.text)+fix.Text, fix.Command, fix.ConsoleURL) {
			a.show("    " + l)
		}
		if len(fix.Document) == 0 || c.Likelihood == diagnose.Possible {
			continue
		}
		for _, l := range documentLines(fix.Document) {
			a.show("      " + l)
		}
	}
	for _, l := range a.comparisonLines(c) {
		a.show("  " + l)
	}
}

// explainedAs says in one sentence what happened.
func (a *app) explainedAs(x explanation) string {
	if x.unknown() {
		return a.text.Say("explain.unknown", nil)
	}
	d, _ := diagnose.ParseDenial(x.Message)
	answer := strings.TrimSpace(strings.Trim(strconv.Itoa(x.HTTPStatus)+" "+x.Code, "0"))
	args := map[string]string{
		"operation": x.Operation, "answer": answer, "action": d.Action, "principal": d.Principal,
		"resource": a.text.Aside(d.Resource), "host": a.text.Aside(x.Host),
	}
	id := "explain.local"
	switch delivery := strings.HasPrefix(x.Operation, "GET ") || strings.HasPrefix(x.Operation, "HEAD "); {
	case d.Action != "" && d.Principal != "":
		id = "explain.denied"
	case d.Action != "" && strings.Contains(x.Message, "anonymous user"):
		id = "explain.denied-stranger"
	case d.Action != "":
		id = "explain.denied-somebody"
	case x.Network != "":
		id = "explain.network." + x.Network
	case delivery:
		id = "explain.delivery"
	case answer == "" && strings.HasPrefix(x.Header["content-type"], "text/html"), answer != "" && x.Operation == "" && x.Code == "" && x.RequestID == "":
		id = "explain.page"
	case answer != "" && x.Operation != "":
		id = "explain.answered"
	case answer != "":
		id = "explain.refused"
	}
	return a.text.Say(id, args)
}
