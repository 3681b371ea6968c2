package media

import (
	"context"
	"path"
)

// Interrupted are the large uploads that were cut short and of which S3 holds
// parts. It asks the local disk alone; uploads of processes that live are not
// among them.
func (l *Library) Interrupted() []KeptUpload {
	var all []KeptUpload
	for _, left := range l.o.Journal.Left() {
		all = append(all, l.keptOf(left)...)
		left.Close()
	}
	return all
}

// PlanResume plans to go on with an interrupted upload: under the name that it
// had, by the rules of PlanAgain. Put then sends what S3 does not have. A file
// that is gone or unreadable is left out; one that has changed is sent whole.
func (l *Library) PlanResume(ctx context.Context, u KeptUpload) (PutPlan, error) {
	if err := l.mayWrite(u.Path); err != nil {
		return PutPlan{}, err
	}
	to := path.Dir(u.Path) + "/"
	if to == "./" {
		to = ""
	}
	return l.planNamed(ctx, []named{{file: u.File, path: u.Path, sized: u.Bytes}}, to)
}

// Discard aborts an interrupted upload: the parts that S3 holds of it are
// gone, and no longer billed. Where the right to abort is missing, it stays as
// it is and the item fails with "upload-left". One that has ended since is
// nothing to discard.
func (l *Library) Discard(ctx context.Context, u KeptUpload, emit func(Event)) Summary {
	emit = l.telling(emit)
	var kept []KeptUpload
	for _, left := range l.o.Journal.Left() {
		defer left.Close()
		for _, k := range l.keptOf(left) {
			if k.Path == u.Path && (u.left == nil || k.left.UploadID == u.left.UploadID) {
				kept = append(kept, k)
			}
		}
	}
	return l.uploadsLeft(ctx, kept, true, emit)
}
