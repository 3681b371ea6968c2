// Package marker looks after Cloudinary's marker files: empty objects at the
// root of a bucket, named after the cloud names whose product environments may
// read it (C7 to C12). They lie outside of the prefix of the media, so that
// who works with the media may have no rights to them.
package marker

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/media/address"
)

// Most is how many objects of a folder are looked at.
const Most = 1000

// Bucket is where markers are.
type Bucket struct {
	S3     *s3.Client
	Name   string
	Prefix string // of the media: markers are put under it by mistake
}

// Marker is one marker file.
type Marker struct {
	Cloud    string // the cloud name
	Key      string
	Size     int64 // 0 as documented; what is in it matters to nobody
	ETag     string
	Modified time.Time
}

// Found is what is in the folder, and beside it.
type Found struct {
	Markers []Marker // in the order of their keys
	// Foreign are keys in the folder that are no cloud's name.
	Foreign []string
	// Misplaced are keys of markers in folders that Cloudinary does not read.
	Misplaced []Misplaced
	// Unsure names the folders that could not be looked into.
	Unsure []string
	// More: there are more than Most objects in a folder.
	More bool
}

// Misplaced is a marker in the wrong place.
type Misplaced struct{ Key, Want string }

// List looks at the folder, and at those that are taken for it. Only what
// concerns the folder itself is an error.
func (b Bucket) List(ctx context.Context) (Found, error) {
	var f Found
	own, more, err := b.folder(ctx, address.CloudinaryMarkers)
	if err != nil {
		return f, err
	}
	f.More = more
	for _, m := range own {
		if address.IsCloudName(m.Cloud) {
			f.Markers = append(f.Markers, m)
		} else if m.Cloud != "" { // the folder itself, as the console makes it
			f.Foreign = append(f.Foreign, m.Key)
		}
	}
	for _, dir := range address.CloudinaryMistakes(b.Prefix) {
		others, _, err := b.folder(ctx, dir)
		if err != nil {
			if ctx.Err() != nil {
				return f, err
			}
			f.Unsure = append(f.Unsure, dir)
			continue
		}
		for _, m := range others {
			if address.IsCloudName(m.Cloud) {
				f.Misplaced = append(f.Misplaced, Misplaced{m.Key, address.CloudinaryMarker(m.Cloud)})
			}
		}
	}
	return f, nil
}

func (b Bucket) folder(ctx context.Context, dir string) (all []Marker, more bool, err error) {
	out, err := b.S3.ListObjectsV2(ctx, &s3.ListObjectsV2Input{Bucket: aws.String(b.Name), Prefix: aws.String(dir), MaxKeys: aws.Int32(Most)})
	if err != nil {
		return nil, false, err
	}
	for _, o := range out.Contents {
		key := aws.ToString(o.Key)
		all = append(all, Marker{
			Cloud: strings.TrimPrefix(key, dir), Key: key, Size: aws.ToInt64(o.Size),
			ETag: aws.ToString(o.ETag), Modified: aws.ToTime(o.LastModified),
		})
	}
	return all, aws.ToBool(out.IsTruncated), nil
}

// look finds one marker; nil where there is none. Who may not list learns of
// what is missing that it is refused.
func (b Bucket) look(ctx context.Context, cloud string) (*Marker, error) {
	key := address.CloudinaryMarker(cloud)
	out, err := b.S3.HeadObject(ctx, &s3.HeadObjectInput{Bucket: aws.String(b.Name), Key: aws.String(key)})
	switch {
	case err == nil:
		return &Marker{Cloud: cloud, Key: key, Size: aws.ToInt64(out.ContentLength), ETag: aws.ToString(out.ETag), Modified: aws.ToTime(out.LastModified)}, nil
	case connect.EvidenceOf(err, "").HTTPStatus == 404:
		return nil, nil
	}
	return nil, err
}

// What a step does.
const (
	Add   = "add"
	Keep  = "keep" // it is there already
	Rm    = "rm"
	Gone  = "gone"  // there is nothing to remove
	Blind = "blind" // whether it is there may not be looked up
)

// Step is what is done about one cloud name.
type Step struct {
	Op     string
	Cloud  string
	Key    string
	Marker *Marker // what is there; nil: nothing, or not known
}

// PlanAdd tells what adding cloud names does. It changes nothing. That a
// marker may not be looked up stops nothing: it is written on the condition
// that there is none.
func (b Bucket) PlanAdd(ctx context.Context, clouds []string) ([]Step, error) {
	return b.plan(ctx, clouds, Add, Keep, true)
}

// PlanRemove tells what removing cloud names does. It changes nothing.
func (b Bucket) PlanRemove(ctx context.Context, clouds []string) ([]Step, error) {
	return b.plan(ctx, clouds, Gone, Rm, false)
}

func (b Bucket) plan(ctx context.Context, clouds []string, missing, there string, blind bool) ([]Step, error) {
	var steps []Step
	for _, cloud := range clouds {
		s := Step{Op: missing, Cloud: cloud, Key: address.CloudinaryMarker(cloud)}
		m, err := b.look(ctx, cloud)
		switch {
		case err != nil && blind && connect.EvidenceOf(err, "").HTTPStatus == 403:
			s.Op = Blind
		case err != nil:
			return nil, err
		case m != nil:
			s.Op, s.Marker = there, m
		}
		steps = append(steps, s)
	}
	return steps, nil
}

// ErrChanged tells that a marker is not what the plan saw any more.
var ErrChanged = errors.New("the marker has changed since it was looked at")

// Do does one step and tells what was done: Add, Keep, Rm or Gone. A write is
// conditional, and one of a server that ignores conditions harms nothing: the
// file is empty either way.
func (b Bucket) Do(ctx context.Context, s Step) (string, error) {
	switch s.Op {
	case Add, Blind:
		return b.add(ctx, s)
	case Rm:
		return b.remove(ctx, s)
	}
	return s.Op, nil
}

func (b Bucket) add(ctx context.Context, s Step) (string, error) {
	_, err := b.S3.PutObject(ctx, &s3.PutObjectInput{
		Bucket: aws.String(b.Name), Key: aws.String(s.Key), Body: strings.NewReader(""), ContentLength: aws.Int64(0),
		ContentType: aws.String("application/octet-stream"), IfNoneMatch: aws.String("*"),
	})
	switch ev := connect.EvidenceOf(err, "s3:PutObject"); {
	case err == nil:
		return Add, nil
	case ev.HTTPStatus == 412:
		return Keep, nil
	}
	return "", err
}

// remove deletes a marker that still is what the plan saw.
func (b Bucket) remove(ctx context.Context, s Step) (string, error) {
	now, err := b.look(ctx, s.Cloud)
	switch {
	case err != nil:
		return "", err
	case now == nil:
		return Gone, nil
	case s.Marker == nil || now.ETag != s.Marker.ETag || now.Size != s.Marker.Size:
		return "", ErrChanged
	}
	_, err = b.S3.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: aws.String(b.Name), Key: aws.String(s.Key), IfMatch: aws.String(now.ETag)})
	switch ev := connect.EvidenceOf(err, "s3:DeleteObject"); {
	case err == nil:
		return Rm, nil
	case ev.HTTPStatus == 412:
		return "", ErrChanged
	case ev.HTTPStatus == 501 || ev.Code == "NotImplemented": // a server without this condition; it was looked at a moment ago
		_, err = b.S3.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: aws.String(b.Name), Key: aws.String(s.Key)})
	}
	if err != nil {
		return "", err
	}
	return Rm, nil
}

// Clouds are the names of markers.
func (f Found) Clouds() []string {
	var all []string
	for _, m := range f.Markers {
		all = append(all, m.Cloud)
	}
	slices.Sort(all)
	return all
}
