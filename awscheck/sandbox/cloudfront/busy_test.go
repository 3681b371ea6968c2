package cloudfront_test

import (
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	api "github.com/aws/aws-sdk-go-v2/service/cloudfront"
)

// What another one asked for counts, too; and an invalidation may be in
// progress for as long as the account says.
func TestTakesAsLongAsTheAccountSays(t *testing.T) {
	p := start(t, "  - {id: E2EXAMPLE, origin: {bucket: alpha-prod-assets}, invalidation_time: 8h}\n")
	var all []string
	for _, c := range "abcdefghijklmno" {
		all = append(all, "/"+string(c)+"*")
	}
	p.caller = admin(testAccount, "cloudfront:CreateInvalidation")
	made, err := p.invalidate("theirs", all...)
	if err != nil {
		t.Fatal(err)
	}
	p.caller = admin(testAccount)
	p.now = p.now.Add(7 * time.Hour)
	if _, err := p.invalidate("mine", "/z*"); refused(t, err) != "400 TooManyInvalidationsInProgress" {
		t.Error(err)
	}
	if _, err := p.invalidate("mine", "/z"); err != nil {
		t.Errorf("no wildcard: %v", err)
	}
	p.now = p.now.Add(2 * time.Hour)
	out, err := p.GetInvalidation(t.Context(), &api.GetInvalidationInput{DistributionId: aws.String("E2EXAMPLE"), Id: made.Invalidation.Id})
	if err != nil || aws.ToString(out.Invalidation.Status) != "Completed" {
		t.Errorf("%v %v", out, err)
	}
	if _, err := p.invalidate("mine again", "/z*"); err != nil {
		t.Error(err)
	}
}
