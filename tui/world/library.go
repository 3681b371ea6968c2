package world

import (
	"context"

	"github.com/mediadock/mediadock/media"
)

// Library is the media of one connection: the methods of *media.Library that
// the screens use, so that *media.Library satisfies it as it is.
type Library interface {
	// Page lists one page of a folder; never more than is asked for.
	Page(ctx context.Context, folder, token string) (media.Page, error)
	// Info is everything S3 knows of one file.
	Info(ctx context.Context, path string) (media.Item, error)
	// Bytes reads up to n bytes of a file from off on, for a look at it.
	Bytes(ctx context.Context, item media.Item, off, n int64) ([]byte, error)

	// The plans find out what a change will do, and change nothing.
	PlanPut(ctx context.Context, sources []string, o media.PutOptions) (media.PutPlan, error)
	// PlanAgain plans single items of an upload once more.
	PlanAgain(ctx context.Context, plan media.PutPlan, paths ...string) (media.PutPlan, error)
	Decide(ctx context.Context, plan *media.PutPlan, i int, choice media.IfExists) error
	MakeUnguessable(ctx context.Context, plan *media.PutPlan, items ...int) error
	StripPrivate(ctx context.Context, plan *media.PutPlan, items ...int) error
	FixNames(ctx context.Context, plan *media.PutPlan, items ...int) error
	PlanMove(ctx context.Context, from, to string) (media.MovePlan, error)
	PlanRemove(ctx context.Context, paths []string, recursive bool) (media.RemovePlan, error)
	PlanReplace(ctx context.Context, path, file string) (media.ReplacePlan, error)
	PlanImport(ctx context.Context, sources []media.ImportSource, o media.ImportOptions) (*media.ImportPlan, error)

	// The changes do what a plan says. What is done when ctx ends stays
	// done; what is half done is undone.
	Put(ctx context.Context, plan media.PutPlan, emit func(media.Event)) media.Summary
	Move(ctx context.Context, plan media.MovePlan, emit func(media.Event)) media.Summary
	Remove(ctx context.Context, plan media.RemovePlan, emit func(media.Event)) media.Summary
	Replace(ctx context.Context, plan media.ReplacePlan, emit func(media.Event)) media.Summary
	Import(ctx context.Context, plan *media.ImportPlan, emit func(media.Event)) media.Summary

	// URL is where people will find a file.
	URL(path string) string
	// FixedNames tells whether files may not be renamed (M59).
	FixedNames() bool
}
