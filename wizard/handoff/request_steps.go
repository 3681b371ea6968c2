package handoff

import (
	"github.com/mediadock/mediadock/awscheck/diagnose"
)

// bucket is what the bucket has to be like before anything is added.
func (r request) bucket() {
	r.step("step.bucket")
	r.where("step.bucket.where", r.links.BucketPermissions)
	r.list("-", "step.bucket.type", "step.bucket.ownership")
}

func (r request) role() {
	if r.p.Proposed {
		r.step("step.role-new")
		r.where("step.role-new.where", r.links.Roles)
		r.line("step.role-new.name")
	} else {
		r.step("step.role")
		r.where("step.role.where", r.links.Trust)
		r.line("step.role.add")
	}
	r.block("json", string(JSON(*r.p.Trust)))
}

func (r request) permissions() {
	r.step("step.permissions")
	r.where("step.permissions.where", r.links.Role)
	r.line("step.permissions.name")
	r.block("json", string(JSON(*r.p.Permissions)))
}

// readers is how people come to read the media.
func (r request) readers() {
	r.step("step.readers")
	if r.p.Public() {
		r.line("step.readers.public")
		r.where("step.readers.block.where", r.links.BucketPermissions)
		r.line("step.readers.block")
	} else {
		r.line("step.readers.cloudfront")
	}
	r.where("step.readers.where", r.links.BucketPermissions)
	r.line("step.readers.add")
	r.block("json", string(JSON(*r.p.Bucket)))
}

func (r request) key() {
	if r.p.KMSKey == "" {
		return
	}
	r.step("step.key")
	r.line("step.key.role")
	r.block("json", string(JSON(*r.p.KeyUse)))
	r.where("step.key.where", diagnose.KeyLink(r.p.facts(), r.p.KMSKey))
	r.line("step.key.add")
	r.block("json", string(indent([]byte(keyStatements(r.p)))))
	if r.p.Unreadable() {
		r.line("step.key.unreadable")
	}
}

func (r request) distribution() {
	if r.p.Settings.Distribution == "" {
		return
	}
	r.step("step.distribution")
	r.where("step.distribution.where", r.links.Distribution)
	ids := []string{"step.distribution.origin", "step.distribution.access", "step.distribution.path"}
	if r.p.Settings.Domain != "" {
		ids = append(ids, "step.distribution.domain")
	}
	r.list("-", append(ids, "step.distribution.deployed")...)
}

// changes are what is different for everybody once it stands.
func (r request) changes() {
	r.title(2, "changes.title")
	ids := []string{"changes.cloudfront", "changes.direct", "changes.listing"}
	if r.p.Public() {
		ids = []string{"changes.public", "changes.listing"}
	}
	if r.p.Settings.Prefix != "" {
		ids = append(ids, "changes.others")
	}
	r.list("-", ids...)
}
