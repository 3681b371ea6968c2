package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/wizard"
	"github.com/mediadock/mediadock/wizard/store"
)

type exportOptions struct {
	all, showID bool
	output      string
}

func (a *app) exportCommand() *cobra.Command {
	var o exportOptions
	cmd := &cobra.Command{
		Use:  "export [NAME...]",
		RunE: a.do(func(cmd *cobra.Command, args []string) error { return a.exportConnections(cmd, args, o) }),
	}
	f := cmd.Flags()
	f.BoolVar(&o.all, "all", false, "")
	f.BoolVar(&o.showID, "show-external-id", false, "")
	f.StringVar(&o.output, "output", "-", "")
	return cmd
}

func (a *app) exportConnections(_ *cobra.Command, args []string, o exportOptions) error {
	if o.output == "" {
		return usage("flag_empty", map[string]string{"flag": "--output"})
	}
	chosen, err := a.toExport(args, o.all)
	if err != nil {
		return err
	}
	toFile := o.output != "-"
	if toFile {
		if err := mayReplaceExport(o.output); err != nil {
			return err
		}
	}
	for _, c := range chosen {
		if err := noEnvironment(c.Name); err != nil {
			return err
		}
	}
	asJSON := a.flags.json || toFile && strings.EqualFold(filepath.Ext(o.output), ".json")
	data, err := exported(chosen, o.showID, asJSON)
	if err != nil {
		return err
	}
	if !toFile {
		if _, err := a.io.out.Write(data); err != nil {
			return err
		}
		a.sayLeftOut(chosen, o)
		return nil
	}
	if err := writeWhole(o.output, data); err != nil {
		return couldNot("write", map[string]string{"file": o.output}, err)
	}
	names := []string{}
	for _, c := range chosen {
		names = append(names, c.Name)
	}
	if a.flags.json {
		return writeJSON(a.io.out, map[string]any{"file": o.output, "exported": names, "external_ids": o.showID}, true)
	}
	fmt.Fprintln(a.io.out, text.Safe(a.text.Say("cmd.exported", map[string]string{"names": strings.Join(names, ", "), "file": o.output})))
	a.sayLeftOut(chosen, o)
	return nil
}

// sayLeftOut tells whoever exports what the importer will need.
func (a *app) sayLeftOut(chosen []wizard.Named, o exportOptions) {
	has := slices.ContainsFunc(chosen, func(c wizard.Named) bool { return c.Settings.ExternalID != "" })
	if has && !o.showID && !a.flags.json {
		fmt.Fprintln(a.io.err, a.text.Say("cmd.export_no_id", nil))
	}
	for _, c := range chosen {
		if names := a.environmentNames(c.Name); len(names) > 0 && !a.flags.json {
			a.tell(a.text.Say("cmd.export_no_environments", map[string]string{"names": strings.Join(names, ", "), "connection": c.Name}))
		}
	}
}

// toExport are the connections named, all of them, or the only one. One that
// cannot be read ends it: half an export is none.
func (a *app) toExport(names []string, all bool) ([]wizard.Named, error) {
	if all {
		if len(names) > 0 || a.flags.connection != "" {
			return nil, usage("export_all_and_names", nil)
		}
		saved, err := a.store.List()
		if err != nil {
			return nil, a.storeFailure(err)
		}
		if len(saved) == 0 {
			return nil, couldNot("no_connection", nil, nil)
		}
		var out []wizard.Named
		for _, c := range saved {
			out = append(out, named(c))
		}
		return out, nil
	}
	if len(names) < 2 {
		c, err := a.savedConnection(names)
		return []wizard.Named{named(c)}, err
	}
	if a.flags.connection != "" {
		return nil, usage("two_names", map[string]string{"a": strings.Join(names, ", "), "b": a.flags.connection})
	}
	var out []wizard.Named
	for _, name := range names {
		if slices.ContainsFunc(out, func(n wizard.Named) bool { return n.Name == name }) {
			continue
		}
		c, err := a.savedConnection([]string{name})
		if err != nil {
			return nil, err
		}
		out = append(out, named(c))
	}
	return out, nil
}

func named(c store.Connection) wizard.Named {
	return wizard.Named{Name: c.Name, Settings: wizard.Defaults(c.Settings)}
}

// exported is the file: of one connection its settings and name, of several
// a list of those.
func exported(all []wizard.Named, withID, asJSON bool) ([]byte, error) {
	if !asJSON {
		return wizard.ToFiles(all, withID), nil
	}
	var list []map[string]any
	for _, c := range all {
		one := map[string]any{"name": c.Name}
		for _, f := range wizard.Fields(c.Settings.Integration) {
			v := wizard.Get(c.Settings, f.Key)
			switch {
			case v == "" || f.Key == "external_id" && !withID:
			case f.Kind == wizard.Toggle:
				one[f.Key] = v == "true"
			default:
				one[f.Key] = v
			}
		}
		list = append(list, one)
	}
	doc := map[string]any{"connections": list}
	if len(list) == 1 {
		doc = list[0]
	}
	doc["schema"] = wizard.Schema
	var b strings.Builder
	err := writeJSON(&b, doc, true)
	return []byte(b.String()), err
}

// mayReplaceExport lets a file be replaced that is an export itself, or
// empty, and nothing else.
func mayReplaceExport(file string) error {
	return mayReplace(file, "export_exists", maxOwnFile, func(data []byte) bool {
		_, err := wizard.FromFiles(data)
		return err == nil
	})
}
