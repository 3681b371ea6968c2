package owner

import (
	"context"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/mediadock/mediadock/awscheck/diagnose"
)

// CORS tells what browsers let pages of other sites do.
func (s *Side) CORS(ctx context.Context) Finding {
	p := read(ctx, "s3:GetBucketCors", "s3:GetBucketCORS", []string{"NoSuchCORSConfiguration"}, func(ctx context.Context) ([]CORSRule, error) {
		out, err := s.clients.S3.GetBucketCors(ctx, &s3.GetBucketCorsInput{Bucket: aws.String(s.wants.Bucket)})
		if err != nil {
			return nil, err
		}
		var rules []CORSRule
		for _, r := range out.CORSRules {
			rules = append(rules, CORSRule{Origins: r.AllowedOrigins, Methods: r.AllowedMethods})
		}
		return rules, nil
	})
	if f, ok := without(p); ok {
		return f
	}
	return judgeCORS(p.Value)
}

// CORSRule is who may ask for what from a browser.
type CORSRule struct{ Origins, Methods []string }

// writing are methods that change what is in a bucket.
var writing = []string{"PUT", "POST", "DELETE"}

func judgeCORS(rules []CORSRule) Finding {
	var origins []string
	writes := false
	for _, r := range rules {
		for _, o := range r.Origins {
			if !slices.Contains(origins, o) {
				origins = append(origins, o)
			}
		}
		writes = writes || slices.Contains(r.Origins, "*") && slices.ContainsFunc(r.Methods, func(m string) bool { return slices.Contains(writing, m) })
	}
	f := Finding{Status: Pass, What: "pass", Args: diagnose.Args{"count": itoa(len(rules)), "origins": strings.Join(origins, ", ")}}
	if len(rules) == 0 {
		f.What = "none"
	}
	if writes {
		f.note("cors-writes", nil)
	}
	return f
}
