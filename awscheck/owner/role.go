package owner

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/awscheck/policy"
)

// fresh is the age under which a role may not be known everywhere yet.
const fresh = time.Minute

// NoRole is the What of a row that is about the role where the settings name
// none, or none exists. It reads alike for all rows.
const NoRole = "no-role"

func (s *Side) role(ctx context.Context) Part[Role] {
	return s.reads.role.get(ctx, func(ctx context.Context) Part[Role] {
		return read(ctx, "iam:GetRole", "iam:GetRole", []string{"NoSuchEntity"}, func(ctx context.Context) (Role, error) {
			out, err := s.clients.IAM.GetRole(ctx, &iam.GetRoleInput{RoleName: aws.String(roleName(s.wants.RoleARN))})
			if err != nil {
				return Role{}, err
			}
			trust, err := decode(out.Role.AssumeRolePolicyDocument)
			if err != nil {
				return Role{}, err
			}
			r := Role{
				ARN: aws.ToString(out.Role.Arn), Name: aws.ToString(out.Role.RoleName), ID: aws.ToString(out.Role.RoleId),
				Trust: trust, Created: aws.ToTime(out.Role.CreateDate),
				MaxSession: time.Duration(aws.ToInt32(out.Role.MaxSessionDuration)) * time.Second,
			}
			if b := out.Role.PermissionsBoundary; b != nil {
				r.BoundaryARN = aws.ToString(b.PermissionsBoundaryArn)
			}
			return r, nil
		})
	})
}

// decode reads a document as IAM returns it: percent-encoded by RFC 3986, in
// which a plus sign is a plus sign, as external IDs may contain one.
func decode(text *string) (policy.Document, error) {
	plain, err := url.PathUnescape(aws.ToString(text))
	if err != nil {
		return policy.Document{}, err
	}
	return policy.Parse([]byte(plain))
}

// Role tells whether the role exists as the settings write it, and how long its sessions may be.
func (s *Side) Role(ctx context.Context) Finding {
	if s.wants.RoleARN == "" {
		return Finding{Status: Moot, What: NoRole}
	}
	p := s.role(ctx)
	if f, ok := without(p); ok {
		return f
	}
	args := diagnose.Args{"role": roleName(s.wants.RoleARN), "arn": s.wants.RoleARN, "account": accountOf(s.wants.RoleARN)}
	if p.State == Absent {
		return Finding{Status: Fail, What: "missing", Args: args, Causes: []diagnose.Cause{
			diagnose.Because("role-not-found", diagnose.Certain, s.wants.Facts),
		}}
	}
	return judgeRole(p.Value, s.wants, s.now(), args)
}

func judgeRole(r Role, w Wants, now time.Time, args diagnose.Args) Finding {
	args["actual"] = r.ARN
	f := Finding{Status: Pass, What: "pass", Args: args}
	if age := now.Sub(r.Created); !r.Created.IsZero() && age < fresh {
		f.Notes = append(f.Notes, diagnose.Note{ID: NoteNew, Args: diagnose.Args{"seconds": strconv.Itoa(max(0, int(age/time.Second)))}})
	}
	if r.BoundaryARN != "" {
		f.Notes = append(f.Notes, diagnose.Note{ID: "role-boundary", Args: diagnose.Args{"policy": r.BoundaryARN}})
	}
	if r.ARN != w.RoleARN {
		// IAM finds names in any case and without their path; STS does not.
		f.Status, f.What = Fail, "path"
		if strings.EqualFold(r.ARN, w.RoleARN) {
			f.What = "case"
		}
		cause := diagnose.Because("role-not-found", diagnose.Certain, w.Facts, diagnose.Args{"actual": r.ARN})
		cause.Fixes = append([]diagnose.Fix{{ID: "use-role-arn", Args: diagnose.Args{"actual": r.ARN, "role": w.RoleARN}}}, cause.Fixes...)
		f.Causes = append(f.Causes, cause)
	}
	if r.MaxSession > 0 && r.MaxSession < connect.SessionLength {
		f.Causes = append(f.Causes, diagnose.Because("session-too-long", diagnose.Certain, w.Facts))
		if f.Status == Pass {
			f.Status, f.What = Fail, "session"
			args["minutes"] = strconv.Itoa(int(r.MaxSession / time.Minute))
		}
	}
	return f
}

// NoteNew is the note of a role that was made moments ago.
const NoteNew = "role-new"
