// Package media is the media library over a bucket: list, upload, download,
// rename, re-upload and delete, with a plan before every change and
// conditional writes throughout, so that nothing is lost or overwritten
// unasked.
//
// It knows nothing of terminals. Errors carry codes and arguments; words come
// from tui/text.
package media
