package main

import (
	"github.com/spf13/cobra"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/wizard/store"
)

// privateFlags say what becomes of what files tell beside their content: now,
// and with --remember from now on through this connection.
type privateFlags struct{ strip, keep, ask, remember bool }

func (p *privateFlags) add(cmd *cobra.Command) {
	f := cmd.Flags()
	f.BoolVar(&p.strip, "strip-metadata", false, "")
	f.BoolVar(&p.keep, "keep-metadata", false, "")
	f.BoolVar(&p.ask, "ask-metadata", false, "")
	f.BoolVar(&p.remember, "remember", false, "")
	cmd.MarkFlagsMutuallyExclusive("strip-metadata", "keep-metadata", "ask-metadata")
}

// decide is what holds: a flag, else what was remembered, which is said.
// Nothing is written down by a dry run.
func (p privateFlags) decide(a *app, sel selection, dryRun bool) (store.PrivateData, error) {
	d := store.AskPrivateData
	switch {
	case p.strip:
		d = store.StripPrivateData
	case p.keep:
		d = store.KeepPrivateData
	case p.ask:
	case p.remember:
		return d, usage("remember_what", nil)
	case sel.saved:
		if d = a.store.PrivateData(sel.name); d != store.AskPrivateData && !a.flags.json {
			a.tell(a.text.Say("media.private.remembered-"+string(d), map[string]string{"name": sel.name}))
		}
		return d, nil
	}
	switch {
	case !p.remember || dryRun:
		return d, nil
	case !sel.saved:
		return d, usage("remember_unsaved", nil)
	}
	return d, a.store.SavePrivateData(sel.name, d)
}

// privacyOf is the decision as the library takes it.
func privacyOf(d store.PrivateData) media.Privacy {
	switch d {
	case store.StripPrivateData:
		return media.StripPrivate
	case store.KeepPrivateData:
		return media.KeepPrivate
	}
	return media.AskPrivate
}

// remembered is what was decided for a connection, for uploads that say
// nothing themselves.
func (a *app) remembered(sel selection) media.Privacy {
	if !sel.saved {
		return ""
	}
	return privacyOf(a.store.PrivateData(sel.name))
}
