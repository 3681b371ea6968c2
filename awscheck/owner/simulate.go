package owner

import (
	"context"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"

	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/awscheck/policy"
)

// Simulated is what IAM's own simulation says to one action. It knows the
// organization's service control policies, which nobody else in the account
// may read, and not the bucket's policy.
type Simulated struct {
	Action, Resource string
	Allowed          bool
	// Organization is false where the organization's policies do not allow
	// it; true as well where there is no organization.
	Organization bool
	// Guess: the simulation lacked condition keys that policies ask for.
	Guess bool
}

// simulate asks IAM to simulate the CMS's requests. It is an extra: that it is
// not allowed or not known says nothing.
func (s *Side) simulate(ctx context.Context, a ask) Part[[]Simulated] {
	dir := a.space().Dir()
	asked := []*iam.SimulatePrincipalPolicyInput{
		s.simulation([]string{"s3:GetBucketLocation", "s3:ListBucket"}, a.arn(""), a.listing(dir)),
		s.simulation([]string{"s3:PutObject", "s3:GetObject", "s3:DeleteObject"}, a.arn(dir+names[0]), a.on("s3:PutObject", dir+names[0])),
	}
	parts := make([]Part[[]Simulated], len(asked))
	var asking sync.WaitGroup
	for i, in := range asked {
		asking.Go(func() {
			parts[i] = read(ctx, "iam:SimulatePrincipalPolicy", "iam:SimulatePrincipalPolicy", nil, func(ctx context.Context) ([]Simulated, error) {
				out, err := s.clients.IAM.SimulatePrincipalPolicy(ctx, in)
				if err != nil {
					return nil, err
				}
				return simulated(out.EvaluationResults), nil
			})
		})
	}
	asking.Wait()
	var all []Simulated
	for _, p := range parts {
		if p.State != Known {
			return p
		}
		all = append(all, p.Value...)
	}
	return Of(all)
}

func (s *Side) simulation(actions []string, resource string, r policy.Request) *iam.SimulatePrincipalPolicyInput {
	in := &iam.SimulatePrincipalPolicyInput{
		PolicySourceArn: aws.String(s.wants.RoleARN), ActionNames: actions, ResourceArns: []string{resource},
		ContextEntries: []types.ContextEntry{{
			ContextKeyName: aws.String("aws:SecureTransport"), ContextKeyType: types.ContextKeyTypeEnumBoolean, ContextKeyValues: []string{"true"},
		}, {
			ContextKeyName: aws.String("aws:RequestedRegion"), ContextKeyType: types.ContextKeyTypeEnumString, ContextKeyValues: []string{s.wants.Region},
		}},
	}
	if prefix := r.Context["s3:prefix"]; prefix != nil {
		in.ContextEntries = append(in.ContextEntries, types.ContextEntry{
			ContextKeyName: aws.String("s3:prefix"), ContextKeyType: types.ContextKeyTypeEnumString, ContextKeyValues: prefix,
		})
	}
	return in
}

func simulated(results []types.EvaluationResult) []Simulated {
	var all []Simulated
	for _, r := range results {
		one := Simulated{
			Action: aws.ToString(r.EvalActionName), Resource: aws.ToString(r.EvalResourceName),
			Allowed: r.EvalDecision == types.PolicyEvaluationDecisionTypeAllowed, Organization: true,
			Guess: len(r.MissingContextValues) > 0,
		}
		if r.OrganizationsDecisionDetail != nil {
			one.Organization = r.OrganizationsDecisionDetail.AllowedByOrganizations
		}
		for _, specific := range r.ResourceSpecificResults {
			// Of late the resource and its decision are in here alone.
			one.Resource = aws.ToString(specific.EvalResourceName)
			one.Allowed = specific.EvalResourceDecision == types.PolicyEvaluationDecisionTypeAllowed
			one.Guess = one.Guess || len(specific.MissingContextValues) > 0
		}
		all = append(all, one)
	}
	return all
}

// organization adds what only the simulation knows.
func organization(f *Finding, g grant, p Part[[]Simulated]) {
	if p.State != Known {
		needs := p.Needs
		if needs == "" {
			needs = "iam:SimulatePrincipalPolicy"
		}
		f.Notes = append(f.Notes, diagnose.Note{ID: "organization-unknown", Args: diagnose.Args{"needs": needs}})
		return
	}
	for _, s := range p.Value {
		r := refusal{wish: wish{request: g.about(s.Action, s.Resource)}, decision: policy.Decision{Layer: policy.LayerServiceControl}}
		switch {
		case !s.Organization:
			cause := g.because("scp-denied", r, nil)
			if s.Guess {
				cause.Likelihood = diagnose.Likely
			}
			f.Causes = appendCauses(f.Causes, cause)
			if f.Status != Fail {
				f.Status, f.What = Fail, "organization"
				f.Args["action"], f.Args["resource"] = s.Action, s.Resource
			}
		case !s.Allowed && !s.Guess && f.Status != Fail:
			f.Notes = append(f.Notes, diagnose.Note{ID: "simulation-differs", Args: diagnose.Args{"action": s.Action}})
		}
	}
}
