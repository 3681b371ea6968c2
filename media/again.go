package media

import (
	"context"
	"os"
	"path"
	"strings"
	"time"
)

// named is a local file whose path in the bucket is decided.
type named struct {
	file, path string
	// strip tells that what the file tells beside its content is taken out;
	// sized is how large an earlier upload of it was, 0 where there is none:
	// it is stripped where that makes it so large.
	strip bool
	keep  bool // somebody decided to publish it
	sized int64
	// over is the ETag of what the person said may be replaced.
	over string
	// What a re-upload carries over.
	cacheControl, contentDisposition string
}

// PlanAgain plans some items of a plan once more, under the paths that they
// had: for those that failed or were cancelled. Files are looked at anew, and
// so are their targets. What the same content is there of by now is skipped
// ("same"); what may be replaced is still the one object that the first plan
// saw; anything else that took a name meanwhile is refused ("exists") until
// Decide. Without paths it is all items that the plan would upload.
func (l *Library) PlanAgain(ctx context.Context, plan PutPlan, paths ...string) (PutPlan, error) {
	wanted := make(map[string]bool, len(paths))
	for _, p := range paths {
		wanted[p] = true
	}
	var again []named
	for _, item := range plan.Items {
		if item.Code != "" || len(paths) > 0 && !wanted[item.Path] {
			continue
		}
		n := named{file: item.File, path: item.Path, strip: item.Strip, keep: item.Keep, cacheControl: item.cacheControl, contentDisposition: item.contentDisposition}
		if item.Exists {
			n.over = item.Old.ETag
		}
		again = append(again, n)
	}
	return l.planNamed(ctx, again, plan.to)
}

// planNamed is PlanPut for files whose paths are decided.
func (l *Library) planNamed(ctx context.Context, files []named, to string) (PutPlan, error) {
	plan := PutPlan{looked: time.Now(), to: to, ifExists: Fail}
	var kept []named
	for _, n := range files {
		item, err := l.planOne(n, to)
		if err != nil {
			plan.LeftOut = append(plan.LeftOut, LeftOut{File: n.file, Code: codeIn(err), Err: err})
			continue
		}
		plan.Items, kept = append(plan.Items, item), append(kept, n)
	}
	if err := l.lookAround(ctx, &plan); err != nil {
		return PutPlan{}, err
	}
	for i := range plan.Items {
		item := &plan.Items[i]
		if !item.Exists || item.Code != "" {
			continue
		}
		same, err := l.sameContent(ctx, *item, item.Old)
		switch {
		case err != nil:
			return PutPlan{}, err
		case same:
			item.Code = CodeSame
		case kept[i].over == "" || kept[i].over != item.Old.ETag:
			item.Code = CodeExists
		}
	}
	plan.count()
	return plan, nil
}

// planOne looks at a local file.
func (l *Library) planOne(n named, to string) (PutItem, error) {
	info, err := os.Stat(n.file)
	if err != nil {
		return PutItem{}, localError(n.file, err, CodeLocalUnreadable)
	}
	if !info.Mode().IsRegular() {
		return PutItem{}, refuse(CodeLocalNotFile, n.file)
	}
	target, inside := strings.CutPrefix(n.path, to)
	if !inside {
		target = path.Base(n.path)
	}
	item, err := l.planFile(foundFile{name: n.file, target: target, to: to, size: info.Size(), modified: info.ModTime()}, n.path)
	if err != nil {
		return item, err
	}
	if n.strip {
		item.StripPrivate()
	} else if n.keep {
		item.KeepPrivate()
	}
	if n.sized > 0 && item.Size != n.sized {
		if stripped := item; stripped.Private.Strippable() && stripped.Private.StrippedSize() == n.sized {
			item.StripPrivate()
		}
	}
	item.cacheControl, item.contentDisposition = n.cacheControl, n.contentDisposition
	return item, nil
}
