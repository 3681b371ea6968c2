package media

import (
	"context"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

// contents are all media of a folder and the keys of the folder markers in it
// (its own among them, unless the folder is the space itself).
func (l *Library) contents(ctx context.Context, folder string) (items []Item, markers []string, err error) {
	err = l.walk(ctx, l.space.Key(folder), "", func(out *s3.ListObjectsV2Output) error {
		for _, o := range out.Contents {
			key := listedKey(out, o.Key)
			path, ok := l.space.Path(key)
			switch {
			case !ok || path == "" || l.space.HiddenPath(path):
			case l.space.Hidden(key, aws.ToInt64(o.Size)) && strings.HasSuffix(path, "/"):
				markers = append(markers, key)
			default:
				items = append(items, l.itemOf(o, key))
			}
		}
		return nil
	})
	return items, markers, err
}
