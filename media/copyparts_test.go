package media_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/mediatest"
)

// What somebody else gave an object goes with it, in one request or in parts.
func TestCopiesCarryHeadersAndTags(t *testing.T) {
	for name, parts := range map[string]bool{"at once": false, "in parts": true} {
		t.Run(name, func(t *testing.T) {
			e := mediatest.Sandbox(t)
			e.Place.Access, e.Place.RoleARN, e.Place.ExternalID = "caller", "", "" // who may read tags
			r := e.Room(t, media.Options{})
			r.Lay("a.bin", big(6<<20), func(in *s3.PutObjectInput) {
				in.ContentType, in.ContentLanguage = aws.String("image/png"), aws.String("ja")
				in.CacheControl, in.ContentDisposition = aws.String("max-age=9"), aws.String("inline")
				in.Metadata = map[string]string{"upload-source": "microcms"}
				in.Tagging = aws.String("team=web&note=a+b%26c")
			})
			if parts {
				r.CopyInPartsAbove(1<<20, 5<<20)
			}
			move(t, r.Library, "a.bin", "b.bin").want(t, "a.bin", "done")
			_, head, _ := r.Read("b.bin")
			if aws.ToString(head.ContentType) != "image/png" || aws.ToString(head.ContentLanguage) != "ja" || aws.ToString(head.CacheControl) != "max-age=9" ||
				aws.ToString(head.ContentDisposition) != "inline" || head.Metadata["upload-source"] != "microcms" {
				t.Errorf("carried %+v", head)
			}
			out, err := r.Owner.GetObjectTagging(t.Context(), &s3.GetObjectTaggingInput{Bucket: aws.String(r.Place.Bucket), Key: aws.String(r.Space.Key("b.bin"))})
			if err != nil {
				t.Fatal(err)
			}
			tags := map[string]string{}
			for _, tag := range out.TagSet {
				tags[aws.ToString(tag.Key)] = aws.ToString(tag.Value)
			}
			if len(tags) != 2 || tags["team"] != "web" || tags["note"] != "a b&c" {
				t.Errorf("tags %v", tags)
			}
		})
	}
}
