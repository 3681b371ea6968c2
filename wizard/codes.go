package wizard

import "strings"

// Code names a text of tui/text and the arguments that it may use.
type Code struct {
	ID   string
	Args []string
}

// ErrorCodes are all the text ids of FieldErrors and FileErrors, without
// "error." in front: every code, and every code with a detail.
func ErrorCodes() []Code { return readCodes(errorCodes + amplifyErrorCodes) }

// NoticeCodes are all the text ids of Notices, without "notice." in front.
func NoticeCodes() []Code { return readCodes(noticeCodes + amplifyNoticeCodes) }

func readCodes(table string) []Code {
	var all []Code
	for line := range strings.Lines(table) {
		if words := strings.Fields(line); len(words) > 0 {
			all = append(all, Code{words[0], words[1:]})
		}
	}
	return all
}

// errorCodes lists code or code.detail, and the arguments.
const errorCodes = `
any.secret
any.secret.access_key
any.secret.secret_key
any.secret.session_token
any.secret.private_key
any.secret.cloudinary_url
any.not_used                     integration
any.pasted_text
any.pasted_text.json

integration.missing
integration.unknown              value

bucket.missing
bucket.too_short                 length
bucket.too_long                  length
bucket.charset                   char code
bucket.charset.slash
bucket.uppercase
bucket.ip_like
bucket.dots
bucket.dots.cloudinary
bucket.edge
bucket.reserved                  part
bucket.reserved.an
bucket.not_general_purpose
bucket.not_general_purpose.access_point
bucket.not_general_purpose.access_point_alias
bucket.not_general_purpose.object_lambda
bucket.not_general_purpose.multi_region
bucket.not_general_purpose.directory
bucket.not_general_purpose.table
bucket.not_general_purpose.vector
bucket.not_general_purpose.outposts
bucket.account_mismatch          bucket_account role_account
bucket.region_mismatch           bucket_region region
bucket.pasted_arn
bucket.pasted_arn.other          service
bucket.pasted_url
bucket.pasted_url.no_bucket

region.missing
region.too_long                  length
region.charset                   char code
region.unknown                   value
region.zone                      value
region.display_name              value
region.pseudo                    value
region.partition_unsupported     value
region.partition_unsupported.cloudinary value

access.missing
access.unknown                   value
access.no_role                   integration

role_arn.missing
role_arn.too_long                length max
role_arn.too_long.name           length
role_arn.charset                 char code
role_arn.format
role_arn.format.bare_name
role_arn.format.unique_id
role_arn.format.resource         resource
role_arn.format.service          service
role_arn.session
role_arn.session.federated
role_arn.user
role_arn.instance_profile
role_arn.policy
role_arn.root
role_arn.service_linked
role_arn.sso_reserved
role_arn.account                 account
role_arn.account.digits          account digits
role_arn.account.hyphens         account digits
role_arn.account.bare
role_arn.partition               partition region
role_arn.partition.unsupported   partition
role_arn.pasted_url

external_id.missing
external_id.too_short            length
external_id.too_long             length
external_id.charset              char code
external_id.charset.masked
external_id.charset.placeholder

parts.missing
parts.unknown                    value

trusted_principal.missing
trusted_principal.too_long       length
trusted_principal.charset        char code
trusted_principal.format
trusted_principal.account        account digits
trusted_principal.account.hyphens account digits
trusted_principal.wildcard
trusted_principal.partition      partition role_partition

prefix.too_long                  length
prefix.charset                   char code
prefix.charset.start             segment
prefix.charset.backslash
prefix.empty_segment
prefix.dot_segment
prefix.wildcard
prefix.variable
prefix.encoded
prefix.reserved
prefix.pasted_url

domain.too_long                  length
domain.charset                   char code
domain.scheme                    scheme
domain.scheme.typo
domain.path
domain.query
domain.port                      port
domain.userinfo
domain.ip
domain.host                      host
domain.host.underscore
domain.host.single_label         host
domain.host.wildcard
domain.host.trailing_dot
domain.host.s3_default
domain.host.console
domain.host.arn
domain.host.imgix

fix_file_names.unknown           value

distribution.too_long            length
distribution.charset             char code
distribution.format
distribution.domain_name
distribution.account             account digits
distribution.account.hyphens     account digits
distribution.partition           partition region
distribution.pasted_url

service_id.too_long              length
service_id.charset               char code

managed_by.missing
managed_by.unknown               value

access_key_profile.too_long      length
access_key_profile.charset       char code
access_key_profile.arn
access_key_profile.header
access_key_profile.option

subdomain.missing
subdomain.too_long               length
subdomain.charset                char code
subdomain.charset.dots
subdomain.uppercase
subdomain.edge
subdomain.pasted_url

video_subdomain.too_long               length
video_subdomain.charset                char code
video_subdomain.charset.dots
video_subdomain.uppercase
video_subdomain.edge
video_subdomain.pasted_url
video_subdomain.same

path_rules.format
path_rules.key                   value
path_rules.mode                  value modes
path_rules.paths_missing         value
path_rules.paths_unused          value
path_rules.path                  value
path_rules.path_empty

notes.too_long                   length
notes.charset                    code

cloud_names.missing
cloud_names.too_short            length value
cloud_names.too_long             length value
cloud_names.charset              char code value
cloud_names.start                value
cloud_names.pasted_url           value
cloud_names.pasted_url.console   value

kms_key_arns.missing
kms_key_arns.too_long            length value
kms_key_arns.charset             char code value
kms_key_arns.format              value
kms_key_arns.bare_id             value
kms_key_arns.alias               value
kms_key_arns.managed             value
kms_key_arns.account             account value
kms_key_arns.pasted_url          value
kms_key_arns.region              value key_region region
kms_key_arns.all_and_named

file.empty                       line
file.too_large                   line
file.binary                      line
file.syntax                      line reason
file.not_a_mapping               line
file.documents                   line
file.unknown_key                 line key
file.unknown_key.like            line key like
file.duplicate_key               line key
file.not_a_value                 line key
file.not_on_or_off               line key
file.schema                      line schema
file.no_name                     line
file.duplicate_name              line name
file.no_connections              line
file.no_schema
file.name_case
file.directory
file.dangling
file.unreadable                  reason
file.access                      reason
file.access.busy
file.access.read_only
file.access.denied
file.access.full
`

const noticeCodes = `
space_removed                    count codes
ends_in_punctuation              char
invisible_removed                count codes
bucket.dotted
bucket.dns_label
bucket.names_owner               account region
region.new                       region partition
region.like                      region like
role_arn.example_account         account
role_arn.trusted_account         account
external_id.weak
external_id.example
external_id.arn
prefix.slashes_removed           value
prefix.root
prefix.file                      name
prefix.host                      name
prefix.word                      value
prefix.environment
prefix.repeats_bucket
domain.scheme_added
domain.lowercased
domain.idn                       ascii unicode
domain.example
domain.no_distribution
domain.is_bucket
trusted_principal.example_account account
trusted_principal.self
trusted_principal.session
distribution.example_account     account
service_id.unusual
kms_key_arns.all
kms_key_arns.example_account     account
kms_key_arns.other_account       account bucket_account
subdomain.forever                value
video_subdomain.forever          value
path_rules.open_end              value
`
