package wizard

import (
	"net/url"
	"slices"
	"strings"

	"github.com/mediadock/mediadock/media/lazyregexp"
)

const (
	minCloudName = 2
	maxCloudName = 128
)

// AllKMSKeys stands in kms_key_arns for whichever key the objects are
// encrypted with; for tests alone (C18).
const AllKMSKeys = "*"

var (
	// cloudinaryURL is the environment variable that holds API key and secret.
	cloudinaryURL = secretShape{[]string{"cloudinary://"}, lazyregexp.New(`(?i)cloudinary://[^\s:@/]+:[^\s@/]+@?`)}
	keyID         = lazyregexp.New(`^(?:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|mrk-[0-9a-f]{32})$`)
	keyPage       = lazyregexp.New(`/kms/keys/([0-9A-Za-z-]+)`)
)

// checkCloudName checks one cloud name: the name of a product environment of
// Cloudinary, which the marker file is called by.
func checkCloudName(v string, _ Settings) (string, *FieldError) {
	if e := pastedCloudURL(v); e != nil {
		return v, e
	}
	if name, value, found := strings.Cut(v, "="); found && strings.HasSuffix(strings.ToLower(name), "cloud_name") {
		return v, problem("cloud_names.charset").args("char", "=", "code", codePoint('=')).suggest(strings.Trim(value, `"' `))
	}
	if e := charset("cloud_names", v, func(r rune) bool { return isLetter(r) || isDigit(r) || r == '-' }); e != nil {
		return v, e
	}
	switch {
	case len(v) < minCloudName:
		return v, problem("cloud_names.too_short").args("length", number(len(v)))
	case len(v) > maxCloudName:
		return v, problem("cloud_names.too_long").args("length", number(len(v)))
	case !isLetter(rune(v[0])):
		return v, problem("cloud_names.start")
	}
	return v, nil
}

// checkCloudNames checks the list. One address is one value: those of delivered
// files have commas in them.
func checkCloudNames(v string, s Settings) (string, []Notice, *FieldError) {
	if !strings.ContainsAny(v, " \n") && strings.Count(v, "cloudinary.com") == 1 && webScheme.MatchString(v) {
		return v, nil, pastedCloudURL(v).args("value", brief(v))
	}
	return eachOf(checkCloudName)(v, s)
}

// pastedCloudURL reads the cloud name out of the addresses that have it: of
// delivered files and of the API. Those of Cloudinary's console tell an ID
// that is another.
func pastedCloudURL(v string) *FieldError {
	if !strings.Contains(strings.ToLower(v), "cloudinary.com") {
		return nil
	}
	if !webScheme.MatchString(v) {
		v = "https://" + v
	}
	u, err := url.Parse(v)
	if err != nil {
		return problem("cloud_names.pasted_url")
	}
	e := problem("cloud_names.pasted_url")
	host := strings.ToLower(u.Hostname())
	segments := strings.Split(strings.Trim(u.Path, "/"), "/")
	switch {
	case host == "res.cloudinary.com":
		return e.suggest(segments[0])
	case strings.HasSuffix(host, "-res.cloudinary.com"):
		return e.suggest(strings.TrimSuffix(host, "-res.cloudinary.com"))
	case strings.HasPrefix(host, "api") && len(segments) > 1 && strings.HasPrefix(segments[0], "v1"):
		return e.suggest(segments[1])
	}
	return e.detail("console")
}

// checkKMSKeyARN checks the ARN of one customer managed key, or AllKMSKeys.
func checkKMSKeyARN(v string, s Settings) (string, *FieldError) {
	switch {
	case v == AllKMSKeys:
		return v, nil
	case webScheme.MatchString(v):
		return v, pastedKey(v, s)
	case len(v) > maxARN:
		return v, problem("kms_key_arns.too_long").args("length", number(len(v)))
	case keyID.MatchString(strings.TrimPrefix(v, "key/")):
		return v, problem("kms_key_arns.bare_id").suggest(keyARN(strings.TrimPrefix(v, "key/"), s))
	case v == "aws/s3", v == "alias/aws/s3", strings.HasSuffix(v, ":alias/aws/s3"):
		return v, problem("kms_key_arns.managed")
	case strings.HasPrefix(v, "alias/"):
		return v, problem("kms_key_arns.alias")
	}
	if e := charset("kms_key_arns", v, isPlain); e != nil {
		return v, e
	}
	a, ok := splitARN(v)
	if !ok || a.service != "kms" {
		return v, problem("kms_key_arns.format")
	}
	kind, id, _ := strings.Cut(a.resource, "/")
	switch {
	case kind == "alias":
		return v, problem("kms_key_arns.alias")
	case kind != "key" || !keyID.MatchString(id), a.region == "":
		return v, problem("kms_key_arns.format")
	case !account.MatchString(a.account):
		e := problem("kms_key_arns.account").args("account", a.account)
		if bare := digits(a.account); len(bare) == 12 {
			a.account = bare
			e.suggest(a.String())
		}
		return v, e
	}
	a.resource = "key/" + strings.ToLower(id)
	if a.String() != v {
		return v, problem("kms_key_arns.format").suggest(a.String())
	}
	return v, nil
}

// pastedKey reads the console's address of a key.
func pastedKey(v string, s Settings) *FieldError {
	e := problem("kms_key_arns.pasted_url")
	m := keyPage.FindStringSubmatch(v)
	if m == nil || !keyID.MatchString(m[1]) {
		return e
	}
	if u, err := url.Parse(v); err == nil {
		if region := u.Query().Get("region"); region != "" {
			s.Region = region
		}
	}
	return e.suggest(keyARN(m[1], s))
}

// keyARN is a key's ARN where the other answers tell Region and account, which
// an ID alone does not.
func keyARN(id string, s Settings) string {
	owner, region, ok := BucketOwner(s.Bucket)
	if s.Region != "" {
		region = s.Region
	}
	for _, other := range s.KMSKeyARNs.Values() {
		if a, isARN := splitARN(other); isARN && owner == "" {
			owner, ok = a.account, account.MatchString(a.account)
		}
	}
	if !ok || region == "" {
		return ""
	}
	return arn{PartitionOf(Settings{Region: region}), "kms", region, owner, "key/" + id}.String()
}

// kmsNotices point out keys that are likely to be somebody's else, and that
// all keys are too many.
func kmsNotices(values []string, s Settings) []Notice {
	var notices []Notice
	owner, _, named := BucketOwner(s.Bucket)
	if slices.Contains(values, AllKMSKeys) {
		notices = append(notices, notice("kms_key_arns", "kms_key_arns.all"))
	}
	for _, v := range values {
		a, ok := splitARN(v)
		switch {
		case !ok:
		case exampleAccounts[a.account]:
			return append(notices, notice("kms_key_arns", "kms_key_arns.example_account", "account", a.account))
		case named && a.account != owner:
			return append(notices, notice("kms_key_arns", "kms_key_arns.other_account", "account", a.account, "bucket_account", owner))
		}
	}
	return notices
}

// checkKMSKeyARNs checks the list: keys, or all of them and none by name.
func checkKMSKeyARNs(v string, s Settings) (string, []Notice, *FieldError) {
	s.KMSKeyARNs = List(v)
	value, _, err := eachOf(checkKMSKeyARN)(v, s)
	if err != nil {
		return v, nil, err
	}
	values := splitList(value)
	if len(values) > 1 && slices.Contains(values, AllKMSKeys) {
		named := slices.DeleteFunc(slices.Clone(values), func(v string) bool { return v == AllKMSKeys })
		return v, nil, problem("kms_key_arns.all_and_named").suggest(strings.Join(named, ","))
	}
	return value, kmsNotices(values, s), nil
}

// cloudinaryCross finds what contradicts Cloudinary among valid settings.
func cloudinaryCross(integration string, v Settings) []FieldError {
	if integration != "cloudinary" {
		return nil
	}
	var all []FieldError
	if strings.Contains(v.Bucket, ".") {
		all = append(all, *problem("bucket.dots").detail("cloudinary").other("integration"))
	}
	if v.Region != "" && PartitionOf(v) != "aws" {
		all = append(all, *problem("region.partition_unsupported").detail("cloudinary").other("integration").args("value", v.Region))
	}
	for _, key := range v.KMSKeyARNs.Values() {
		if a, ok := splitARN(key); ok && v.Region != "" && a.region != v.Region {
			all = append(all, *problem("kms_key_arns.region").other("region").args("value", brief(key), "key_region", a.region, "region", v.Region))
			break
		}
	}
	return all
}
