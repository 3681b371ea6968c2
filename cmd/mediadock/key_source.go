package main

import (
	"context"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/wizard"
)

// keySource reaches AWS with the key that a connection is used with: that of
// the AWS profile which holds imgix's key where one is named (D12), else the
// program's caller.
func (a *app) keySource(ctx context.Context, s wizard.Settings) (*connect.Source, error) {
	if s.AccessKeyProfile == "" {
		return a.source(ctx)
	}
	src, err := a.openKey(ctx, s.AccessKeyProfile)
	if err != nil {
		return nil, err
	}
	free, cancel := connect.Unhurried(ctx)
	defer cancel()
	_ = src.Prepare(free) // where it fails, the rows say so
	return src, nil
}

// openKey is the one Source of a key for the whole program.
func (a *app) openKey(ctx context.Context, name string) (*connect.Source, error) {
	a.sourceMu.Lock()
	defer a.sourceMu.Unlock()
	if src := a.keys[name]; src != nil {
		return src, nil
	}
	src, err := a.connect(ctx, name)
	if kept, ok := connect.FromKeyring(name); ok && err != nil {
		return nil, a.keyFailure(kept, err)
	}
	if err != nil {
		return nil, a.configFailure(err, name)
	}
	if a.keys == nil {
		a.keys = map[string]*connect.Source{}
	}
	a.keys[name] = src
	return src, nil
}

// dropKeys has the keys read anew, for who holds the lock.
func (a *app) dropKeys() {
	for _, src := range a.keys {
		src.Close()
	}
	a.keys = nil
}
