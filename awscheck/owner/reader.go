package owner

import (
	"context"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/media/address"
)

// ReaderRights are what a user may do beyond reading the bucket, by the user's
// own policies and those of its groups.
type ReaderRights struct {
	// Known tells that every policy was read; else Needs names the actions
	// that would have been needed, where that was the reason.
	Known bool
	Needs string
	// Writes are actions that change something, Others those that reach
	// another bucket, as far as the policies allow them whatever the request
	// is like. Unsure is what else they may allow: by a condition that is not
	// known, or behind a boundary that could not be read.
	Writes, Others, Unsure []string
	// Template: the policies are exactly AWS's own AmazonS3ReadOnlyAccess.
	Template bool
}

// ReaderRights reads the policies of the user of an ARN and judges them.
func (s *Side) ReaderRights(ctx context.Context, arn string) ReaderRights {
	c := &collector{
		side: s, name: aws.String(arn[strings.LastIndexByte(arn, '/')+1:]),
		found: Permissions{Inline: map[string]policy.Document{}, Attached: map[string]policy.Document{}},
	}
	c.userPolicies(ctx)
	boundary, known := c.userBoundary(ctx)
	if len(c.found.Missing) > 0 || c.found.Unread != "" {
		return ReaderRights{Needs: strings.Join(c.found.Missing, ", ")}
	}
	return judgeReader(s.wants, arn, c.found, boundary, known)
}

// readOnlyActions are those of AWS's managed policy AmazonS3ReadOnlyAccess.
var readOnlyActions = []string{"s3-object-lambda:get*", "s3-object-lambda:list*", "s3:describe*", "s3:get*", "s3:list*"}

const readOnlyPolicy = ":policy/AmazonS3ReadOnlyAccess"

// isTemplate tells that the managed policy, or its words, is all there is.
func (p Permissions) isTemplate() bool {
	if len(p.Attached)+len(p.Inline) != 1 {
		return false
	}
	for arn := range p.Attached {
		return strings.HasSuffix(arn, readOnlyPolicy) && accountOf(arn) == "aws"
	}
	for _, d := range p.Inline {
		if len(d.Statements) != 1 || len(d.Statements[0].Conditions) > 0 || d.Statements[0].Effect != policy.Allow {
			return false
		}
		var actions []string
		for _, a := range d.Statements[0].Action {
			actions = append(actions, strings.ToLower(a))
		}
		slices.Sort(actions)
		return slices.Equal(actions, readOnlyActions) && slices.Equal(d.Statements[0].Resource, []string{"*"})
	}
	return false
}

// writing are actions on objects and on the bucket that imgix never makes.
var (
	writingObjects = []string{"s3:PutObject", "s3:DeleteObject", "s3:PutObjectAcl", "s3:AbortMultipartUpload"}
	writingAny     = []string{"iam:CreateAccessKey", "iam:PutUserPolicy"}
)

// judgeReader finds what the policies allow; bounded tells that the boundary
// is known.
func judgeReader(w Wants, arn string, p Permissions, boundary *policy.Document, bounded bool) ReaderRights {
	r := ReaderRights{Known: true, Template: p.isTemplate()}
	docs := []policy.Document{}
	for _, d := range p.Inline {
		docs = append(docs, d)
	}
	for _, d := range p.Attached {
		docs = append(docs, d)
	}
	policies := policy.Policies{Identity: docs, Boundary: boundary}
	who := policy.Principal{Kind: policy.User, Account: accountOf(arn), ARN: arn}
	bucket := address.BucketARN(partitionOf(arn), w.Bucket)
	inside := bucket + "/" + (address.Space{Prefix: w.Prefix}).Dir() + names[0]
	try := func(into *[]string, shown, action, resource string) {
		request := policy.Request{Principal: who, Action: action, Resource: resource, ResourceAccount: who.Account,
			Context: map[string][]string{"aws:securetransport": {"true"}, "aws:requestedregion": {w.Region}}}
		switch judge(request, policies, inS3).answer {
		case no:
			return
		case depends:
			into = &r.Unsure
		}
		if !bounded {
			into = &r.Unsure
		}
		if !slices.Contains(*into, shown) {
			*into = append(*into, shown)
		}
	}
	for _, action := range writingObjects {
		try(&r.Writes, action, action, inside)
	}
	for _, action := range administration {
		try(&r.Writes, action, action, bucket)
	}
	for _, action := range writingAny {
		try(&r.Writes, action, action, arn)
	}
	another := address.BucketARN(partitionOf(arn), "another-bucket-of-"+who.Account)
	try(&r.Writes, "s3:PutObject *", "s3:PutObject", another+"/example.jpg")
	try(&r.Others, "s3:GetObject *", "s3:GetObject", another+"/example.jpg")
	try(&r.Others, "s3:ListBucket *", "s3:ListBucket", another)
	for _, d := range docs { // buckets that a statement names
		for _, named := range otherBuckets(d, bucket) {
			for action, resource := range map[string]string{"s3:GetObject": named + "/example.jpg", "s3:ListBucket": named} {
				try(&r.Others, named, action, resource)
			}
			for _, action := range []string{"s3:PutObject", "s3:DeleteObject"} {
				try(&r.Writes, action+" "+named, action, named+"/example.jpg")
			}
		}
	}
	slices.Sort(r.Others)
	return r
}

// otherBuckets are the buckets that a document names to the letter, beside
// bucket.
func otherBuckets(d policy.Document, bucket string) []string {
	var all []string
	for _, s := range d.Statements {
		for _, resource := range s.Resource {
			named, _, _ := strings.Cut(resource, "/")
			if strings.Contains(named, ":s3:::") && named != bucket && !strings.ContainsAny(named, "*?$") && s.Effect == policy.Allow && !slices.Contains(all, named) {
				all = append(all, named)
			}
		}
	}
	return all
}

// userPolicies reads the user's inline and attached policies, and its groups'.
func (c *collector) userPolicies(ctx context.Context) {
	api := c.side.clients.IAM
	inline := read(ctx, "iam:ListUserPolicies", "iam:ListUserPolicies", nil, func(ctx context.Context) (*iam.ListUserPoliciesOutput, error) {
		return api.ListUserPolicies(ctx, &iam.ListUserPoliciesInput{UserName: c.name, MaxItems: aws.Int32(1000)})
	})
	if !c.missed(inline.State, inline.Needs, said(inline.Evidence), "iam:GetUserPolicy") {
		for _, name := range inline.Value.PolicyNames {
			p := read(ctx, "iam:GetUserPolicy", "iam:GetUserPolicy", nil, func(ctx context.Context) (policy.Document, error) {
				out, err := api.GetUserPolicy(ctx, &iam.GetUserPolicyInput{UserName: c.name, PolicyName: aws.String(name)})
				if err != nil {
					return policy.Document{}, err
				}
				return decode(out.PolicyDocument)
			})
			if !c.missed(p.State, p.Needs, said(p.Evidence)) {
				c.keep(c.found.Inline, name, p.Value)
			}
		}
	}
	attached := read(ctx, "iam:ListAttachedUserPolicies", "iam:ListAttachedUserPolicies", nil, func(ctx context.Context) (*iam.ListAttachedUserPoliciesOutput, error) {
		return api.ListAttachedUserPolicies(ctx, &iam.ListAttachedUserPoliciesInput{UserName: c.name, MaxItems: aws.Int32(1000)})
	})
	if !c.missed(attached.State, attached.Needs, said(attached.Evidence), "iam:GetPolicy", "iam:GetPolicyVersion") {
		for _, a := range attached.Value.AttachedPolicies {
			c.keepManaged(ctx, aws.ToString(a.PolicyArn))
		}
	}
	groups := read(ctx, "iam:ListGroupsForUser", "iam:ListGroupsForUser", nil, func(ctx context.Context) (*iam.ListGroupsForUserOutput, error) {
		return api.ListGroupsForUser(ctx, &iam.ListGroupsForUserInput{UserName: c.name})
	})
	if !c.missed(groups.State, groups.Needs, said(groups.Evidence), "iam:ListGroupPolicies", "iam:ListAttachedGroupPolicies") {
		for _, g := range groups.Value.Groups {
			c.groupPolicies(ctx, g.GroupName)
		}
	}
}

func (c *collector) keepManaged(ctx context.Context, arn string) {
	if d, ok := c.managed(ctx, arn); ok {
		c.keep(c.found.Attached, arn, d)
	}
}

func (c *collector) groupPolicies(ctx context.Context, group *string) {
	api := c.side.clients.IAM
	inline := read(ctx, "iam:ListGroupPolicies", "iam:ListGroupPolicies", nil, func(ctx context.Context) (*iam.ListGroupPoliciesOutput, error) {
		return api.ListGroupPolicies(ctx, &iam.ListGroupPoliciesInput{GroupName: group})
	})
	if !c.missed(inline.State, inline.Needs, said(inline.Evidence), "iam:GetGroupPolicy") {
		for _, name := range inline.Value.PolicyNames {
			p := read(ctx, "iam:GetGroupPolicy", "iam:GetGroupPolicy", nil, func(ctx context.Context) (policy.Document, error) {
				out, err := api.GetGroupPolicy(ctx, &iam.GetGroupPolicyInput{GroupName: group, PolicyName: aws.String(name)})
				if err != nil {
					return policy.Document{}, err
				}
				return decode(out.PolicyDocument)
			})
			if !c.missed(p.State, p.Needs, said(p.Evidence)) {
				c.keep(c.found.Inline, aws.ToString(group)+"/"+name, p.Value)
			}
		}
	}
	attached := read(ctx, "iam:ListAttachedGroupPolicies", "iam:ListAttachedGroupPolicies", nil, func(ctx context.Context) (*iam.ListAttachedGroupPoliciesOutput, error) {
		return api.ListAttachedGroupPolicies(ctx, &iam.ListAttachedGroupPoliciesInput{GroupName: group})
	})
	if !c.missed(attached.State, attached.Needs, said(attached.Evidence), "iam:GetPolicy", "iam:GetPolicyVersion") {
		for _, a := range attached.Value.AttachedPolicies {
			c.keepManaged(ctx, aws.ToString(a.PolicyArn))
		}
	}
}

// userBoundary is the user's permissions boundary, nil for none; known is false
// where it could not be read. It only takes away: without it one knows what the
// user has at most.
func (c *collector) userBoundary(ctx context.Context) (boundary *policy.Document, known bool) {
	user := read(ctx, "iam:GetUser", "iam:GetUser", nil, func(ctx context.Context) (*iam.GetUserOutput, error) {
		return c.side.clients.IAM.GetUser(ctx, &iam.GetUserInput{UserName: c.name})
	})
	switch {
	case user.State != Known || user.Value.User == nil:
		return nil, false
	case user.Value.User.PermissionsBoundary == nil:
		return nil, true
	}
	beside := &collector{side: c.side, name: c.name} // what it lacks hides no policy
	d, ok := beside.managed(ctx, aws.ToString(user.Value.User.PermissionsBoundary.PermissionsBoundaryArn))
	if !ok {
		return nil, false
	}
	return &d, true
}
