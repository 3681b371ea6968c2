package media

import (
	"context"
	"path"
	"strings"
	"time"

	"github.com/mediadock/mediadock/media/address"
)

// MovePlan is what a rename or move will do. Every URL in it changes: the old
// ones stop working (B15).
type MovePlan struct {
	From, To string // as resolved; folders with a slash at the end
	Folder   bool
	Items    []MoveItem
	Bytes    int64 // of the items without a Code
	// markers are the folder markers that go with the folder.
	markers []string
	looked  time.Time
}

// MoveItem is one file of a move.
type MoveItem struct {
	From   Item
	To     string
	ToKey  string
	OldURL string
	URL    string
	// Code says why this file will not be moved; empty: it will be.
	Code string
	Args map[string]string
}

// PlanMove finds out what renaming or moving a file or a folder will do. "to"
// ending in a slash (or empty) is a folder to move into. Refused are: a "from"
// that names nothing ("path-empty", "whole-library"), any move
// while file names are fixed ("name-fixed"), onto an existing file
// ("exists"), onto a folder without the slash ("target-is-folder"), into a
// folder whose name a file has ("target-is-file"), into a
// subfolder of itself ("into-itself"), and names that are no good. In a folder
// the refusals of single files are in their items.
func (l *Library) PlanMove(ctx context.Context, from, to string) (MovePlan, error) {
	if err := l.mayWrite(from); err != nil {
		return MovePlan{}, err
	}
	if l.o.FixFileNames {
		return MovePlan{}, refuse(CodeNameFixed, from)
	}
	if err := checkNamed(from); err != nil {
		return MovePlan{}, err
	}
	if l.reserved(from) {
		return MovePlan{}, refuse(CodeReserved, from)
	}
	if !isFolderPath(from) {
		item, err := l.Info(ctx, from)
		if err == nil {
			return l.planMoveFile(ctx, item, to)
		}
		if !isFolderError(err) {
			return MovePlan{}, err
		}
	}
	folder, err := l.existingFolder(ctx, from)
	if err != nil {
		return MovePlan{}, err
	}
	return l.planMoveFolder(ctx, folder, to)
}

// target is the path that a move leads to: "to" itself, or within it.
func target(from, to string) string {
	if isFolderPath(to) {
		return newFolder(to) + address.NFC(path.Base(from))
	}
	return newPath(to)
}

func (l *Library) planMoveFile(ctx context.Context, from Item, to string) (MovePlan, error) {
	name := target(from.Path, to)
	if name == from.Path {
		return MovePlan{}, refuse(CodeSameName, name)
	}
	if err := l.space.CheckName(name); err != nil {
		return MovePlan{}, nameError(err)
	}
	if folder := parentOf(name); folder != parentOf(from.Path) {
		if err := l.checkFolder(ctx, folder); err != nil {
			return MovePlan{}, err
		}
	}
	old, err := l.look(ctx, name)
	if err != nil {
		return MovePlan{}, err
	}
	if old != nil {
		return MovePlan{}, refuse(CodeExists, name)
	}
	if folder, err := l.isFolder(ctx, name); err == nil && folder {
		return MovePlan{}, refuse(CodeTargetFolder, name)
	}
	return MovePlan{
		From: from.Path, To: name, Bytes: from.Size, looked: time.Now(),
		Items: []MoveItem{l.moveItem(from, name)},
	}, nil
}

func (l *Library) moveItem(from Item, to string) MoveItem {
	return MoveItem{From: from, To: to, ToKey: l.space.Key(to), OldURL: l.space.URL(from.Key), URL: l.URL(to)}
}

func (l *Library) planMoveFolder(ctx context.Context, from, to string) (MovePlan, error) {
	folder := target(strings.TrimSuffix(from, "/"), to) + "/"
	switch {
	case folder == from:
		return MovePlan{}, refuse(CodeSameName, from)
	case strings.HasPrefix(folder, from):
		return MovePlan{}, refuse(CodeIntoItself, from, "to", folder)
	}
	if err := l.space.CheckName(strings.TrimSuffix(folder, "/")); err != nil {
		return MovePlan{}, nameError(err)
	}
	taken, err := l.isFolder(ctx, folder)
	if err != nil {
		return MovePlan{}, err
	}
	if taken && !isFolderPath(to) {
		return MovePlan{}, refuse(CodeTargetFolder, folder)
	}
	if !taken {
		if err := l.checkNewFolder(ctx, from, folder); err != nil {
			return MovePlan{}, err
		}
	}
	items, markers, err := l.contents(ctx, from)
	if err != nil {
		return MovePlan{}, err
	}
	plan := MovePlan{From: from, To: folder, Folder: true, markers: markers, looked: time.Now()}
	plan.Items = make([]MoveItem, len(items))
	spots := make([]*spot, len(items))
	for i, item := range items {
		// The names inside the folder stay as they are, good or bad.
		plan.Items[i] = l.moveItem(item, folder+strings.TrimPrefix(item.Path, from))
		spots[i] = &spot{path: plan.Items[i].To, key: plan.Items[i].ToKey}
	}
	if taken {
		if err := l.lookAll(ctx, spots); err != nil {
			return MovePlan{}, err
		}
	}
	for i := range plan.Items {
		m := &plan.Items[i]
		switch {
		case len(m.ToKey) > address.MaxKeyBytes:
			e := nameError(&address.NameError{Code: address.NameTooLong, Path: m.To, Bytes: len(m.ToKey)})
			m.Code, m.Args = e.Code, e.TextArgs()
		case spots[i].old != nil:
			m.Code = CodeExists
		default:
			plan.Bytes += m.From.Size
		}
	}
	return plan, nil
}

// checkNewFolder is checkFolder for a folder that is to move, and for the one
// that it is to lie in if that is another.
func (l *Library) checkNewFolder(ctx context.Context, from, to string) error {
	if parent := parentOf(to); parent != parentOf(from) {
		if err := l.checkFolder(ctx, parent); err != nil {
			return err
		}
	}
	return l.checkFolder(ctx, to)
}
