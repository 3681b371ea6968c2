package text

// helpEN: every command and flag, its examples, and the pages around them.
// Ids are the command's path and the flag; a flag that several commands share
// is said once, higher up the path. A name in backquotes is what the flag
// takes.
var helpEN = merge(helpPagesEN, helpCommandsEN, helpFlagsEN)

// helpCommandsEN: what each command does, and what to do with it next.
var helpCommandsEN = map[string]string{
	"help.short": "Connect your own S3 bucket to your CMS, prove it works, run the media in it",
	"help.long": `Connect your own S3 bucket to your CMS, prove that it works, and run the media in it.

Without a command the terminal UI opens: the wizard when nothing is saved, otherwise home. mediadock demo opens it on a built-in AWS; nothing leaves your machine.`,
	"help.example": `# look at everything first, without an AWS account
mediadock demo
# then set up your own connection, and test it whenever in doubt
mediadock setup
mediadock check`,

	"help.demo.short": "Try everything on the built-in AWS; nothing leaves your machine",
	"help.demo.long": `Open the terminal UI on the built-in AWS, in a throw-away home unless --home is given. Nothing leaves your machine.

--scenario rehearses a mistake; --scenario list shows which there are.`,
	"help.demo.example": `mediadock demo
# rehearse: the role has another external ID
mediadock demo --scenario external-id-mismatch`,

	"help.setup.short": "Set up a connection: answer, test, save",
	"help.setup.long": `Set up a connection: answer the questions, test the connection live, save it.

With --no-input everything comes from flags, variables or --from; nothing is saved unless the test passes. A role that trusts the CMS vendor alone can be tried by nobody else: with --owner its policies are judged instead.`,
	"help.setup.example": `mediadock setup
# from a script
mediadock setup --no-input --bucket alpha-prod-assets \
  --region ap-northeast-1 --prefix media --external-id "$ID" \
  --role-arn arn:aws:iam::123456789012:role/SampleRole`,

	"help.check.short": "Test a connection live",
	"help.check.long": `Test a connection live, and leave nothing behind.

NAME is a saved connection or a draft; field flags test settings that are not saved. With --owner bucket, role and policies are read as well, with the credentials of whoever administers them. Where nobody can do the whole test, each side makes a report (--output), and --with joins them.
Exit codes: 0 ready (warnings allowed), 1 a check failed, 2 invalid settings, 3 could not run.`,
	"help.check.example": `mediadock check prod --owner-profile admin
# a report to pass on, and one that joins the other side's
mediadock check prod --output report.md
mediadock check prod --owner --with vendor.md
# what changed since it worked; until it works again
mediadock check prod --baseline last-good.json
mediadock check prod --watch`,

	"help.explain.short": "Explain an error of AWS: paste it, or pipe it in",
	"help.explain.long": `Explain an error of S3, STS, KMS or CloudFront, wherever it was met: a line of the AWS CLI, an error of an SDK, S3's XML, a browser's text, a CloudFront page, curl's output, a whole log. Nothing is sent anywhere. A connection (-c NAME) or settings (--bucket ...) make the answer more exact.

Exit codes: 0 explained, 1 not known, 2 nothing to explain.`,
	"help.explain.example": `aws s3 cp logo.png s3://alpha/media/ 2>&1 | mediadock explain
mediadock explain 'AccessDenied when calling the AssumeRole operation'`,

	"help.policy.short": "Print the documents for AWS: trust, permissions, bucket, kms, cors, all",
	"help.policy.long": `Print the policy documents that the connection needs on the AWS side, filled in.

KIND is trust (who may assume the role), permissions (what the role may do), bucket (who may read the media), kms (role and key, where the bucket is encrypted with a KMS key), or all. Which there are depends on the service: imgix has permissions (of the IAM user whose key it holds), Cloudinary bucket and kms (of the keys in kms_key_arns), AWS Amplify permissions (of its roles), bucket, cors, amplify-backend and amplify-outputs, which are files of the app.

Terraform and the AWS CLI script read an existing bucket policy and add to it; nothing is ever replaced. Several documents are one JSON object by their names; a file that is no JSON is printed as it is.`,
	"help.policy.example": `mediadock policy trust prod
mediadock policy all prod --format terraform --output media.tf
mediadock policy kms prod \
  --kms-key arn:aws:kms:ap-northeast-1:123456789012:key/KEY-ID
# read it, then run it with the rights of the administrator
mediadock policy all prod --format aws-cli --output apply.sh`,

	"help.handoff.short": "Write the request to the AWS administrator",
	"help.handoff.long": `Write the request to whoever administers AWS, as one Markdown file in your language (--lang en or ja).

It says what is asked and why, whom the role will trust, and how to verify; it has every policy filled in with the place in the console where it goes, and the same as Terraform, CloudFormation and AWS CLI commands. It works before there is a role. The external ID is in it in full.`,
	"help.handoff.example": `mediadock handoff prod --output request.md
# before there is a role
mediadock handoff --bucket alpha-prod-assets --region ap-northeast-1 \
  --external-id "$ID" --trusted-principal 999988887777 --prefix media`,

	"help.media.short": "List, upload, download, rename, re-upload, delete media",
	"help.media.long":  "The media of a connection. Paths are relative to its URL prefix.",
	"help.media.example": `mediadock media ls -c prod
mediadock media put photos/ --to 2026/spring -c prod`,

	"help.media.ls.short": "List media and folders",
	"help.media.ls.long":  "List media and folders. PATH is a folder or a file; without it the list begins at the URL prefix. An empty list is no error.",
	"help.media.ls.example": `mediadock media ls docs/ -c prod
mediadock media ls -r --json | jq -r .path`,

	"help.media.put.short": "Upload files and folders",
	"help.media.put.long":  "Upload files and folders. DIR keeps its own name; DIR/ uploads its contents. Nothing is overwritten unless --if-exists says so. Before anything is public it says what the files tell beside their content, such as where a photo was taken; --strip-metadata leaves that out without touching the picture.",
	"help.media.put.example": `# what would be uploaded, and to which URLs
mediadock media put photos/ --to 2026/spring --dry-run
mediadock media put photos/ --to 2026/spring`,

	"help.media.get.short": "Download files and folders; never writes outside the directory",
	"help.media.get.long":  "Download files and folders into a directory. Nothing is written outside of it, and no file is overwritten unless --if-exists says so. What was interrupted goes on where it stopped when the same command runs again.",
	"help.media.get.example": `mediadock media get docs/annual.pdf
mediadock media get -r docs/ --to backup`,

	"help.media.mv.short": "Rename or move a file or a folder",
	"help.media.mv.long":  "Rename or move a file or a folder. TO with a slash at the end moves into it. The old URLs stop working; --redirects keeps them beside the new ones. Refused when file names are fixed.",
	"help.media.mv.example": `mediadock media mv logo.png brand/
mediadock media mv 2025/ archive/2025/ --redirects moved.csv`,

	"help.media.rm.short": "Delete files and folders",
	"help.media.rm.long":  "Delete files and folders. It shows which URLs will stop working and asks for the number of files before it deletes any.",
	"help.media.rm.example": `mediadock media rm -r drafts/ --dry-run
mediadock media rm -r drafts/`,

	"help.media.replace.short":   "Re-upload: put another file in a file's place",
	"help.media.replace.long":    "Put another file in a file's place. When file names are fixed, FILE must have the same name; otherwise the object takes FILE's name and the old URL stops working: both are shown, and on a terminal you are asked. --same-name refuses that.",
	"help.media.replace.example": `mediadock media replace docs/annual.pdf annual.pdf`,

	"help.media.info.short":   "Show everything known about a file",
	"help.media.info.long":    "Show everything known about a file: URL, size, type, time, ETag and metadata.",
	"help.media.info.example": `mediadock media info docs/annual.pdf --json`,

	"help.media.url.short": "Print the URL of a file",
	"help.media.url.long":  "Print the URL at which a file is published, or with --presign one that works for a while, also where the file is not public. A signed URL never outlives the credentials that signed it; when it really ends is said.",
	"help.media.url.example": `mediadock media url docs/annual.pdf
mediadock media url docs/annual.pdf --presign 15m`,

	"help.connection.short": "List, show, change and pass on saved connections",
	"help.connection.long":  "The connections that are saved on this computer.",
	"help.connection.example": `mediadock connection list
mediadock connection show prod`,

	"help.connection.list.short":   "List saved connections",
	"help.connection.list.long":    "List saved connections with the verdict of the last test. A file that cannot be read is named, and the exit code is 3.",
	"help.connection.list.example": `mediadock connection list --json`,

	"help.connection.show.short":   "Show a connection's settings",
	"help.connection.show.long":    "Show a connection's settings and the URLs of sample names. The external ID is shown in part only.",
	"help.connection.show.example": `mediadock connection show prod`,

	"help.connection.edit.short": "Change a connection's settings",
	"help.connection.edit.long": `Change a connection's settings. Without a field flag the wizard opens.

What the connection test proves is tested before it is saved. While media exist, what their URLs hang on is locked, and role and external ID change with "mediadock connection rotate" only. An empty value removes a setting: --domain ''.`,
	"help.connection.edit.example": `mediadock connection edit prod
mediadock connection edit prod --notes 'media team' --managed-by service
mediadock connection edit prod --dry-run \
  --domain https://media.example.com`,

	"help.connection.rotate.short": "Change role and external ID, once the new pair has passed",
	"help.connection.rotate.long": `Change a connection's role and external ID, also while media exist.

The new pair is saved only after the whole connection test passed with it, against the same bucket; until then the old one stays in use. --generate-external-id keeps the new ID in the draft and prints the trust policy with both IDs: put it on the role, then run the same command again.`,
	"help.connection.rotate.example": `mediadock connection rotate prod --generate-external-id
mediadock connection rotate prod --external-id "$ID" --wait 60s \
  --role-arn arn:aws:iam::123456789012:role/NewRole`,

	"help.connection.delete.short": "Delete a connection that has no media",
	"help.connection.delete.long": `Delete a connection's settings. While media exist under them this is refused.

What stays in AWS (bucket, role, distribution) is listed, with the commands that remove it. To drop this computer's copy alone, whatever is in the bucket: mediadock connection forget.`,
	"help.connection.delete.example": `mediadock connection delete prod --dry-run
mediadock connection delete prod`,

	"help.connection.export.short": "Write connections to a file that another computer imports",
	"help.connection.export.long": `Write connections to a file that "mediadock connection import" and "mediadock setup --from" read.

The file is YAML, or JSON with --json or a name that ends in .json. The external ID is left out unless --show-external-id is given: pass it on by another way.`,
	"help.connection.export.example": `mediadock connection export prod --output prod.yaml
mediadock connection export --all --json`,

	"help.connection.import.short": "Test and save connections from a file",
	"help.connection.import.long": `Test and save connections from a file that "mediadock connection export" wrote, or any file of settings.

Each is saved after the whole connection test passed. A name that is taken is refused; -c saves the connection of the file under another name. Where the file tells no external ID, --external-id does.`,
	"help.connection.import.example": `mediadock connection import prod.yaml --external-id "$ID"
mediadock connection import prod.yaml -c staging --dry-run`,

	"help.connection.forget.short":   "Remove this computer's copy of the settings; all media stay",
	"help.connection.forget.long":    "Remove this computer's copy of a connection's settings. The bucket and its media stay as they are; other computers keep their copies.",
	"help.connection.forget.example": `mediadock connection forget prod`,

	"help.sandbox.short": "Run the built-in AWS: S3, STS, IAM policies, a CDN",
	"help.sandbox.long":  "Run the built-in AWS on loopback until it is interrupted. Any AWS client works with it. It keeps nothing, unless --data names a directory: then objects with their versions, uploads in parts, buckets' configuration, roles, policies, keys and distributions are there again the next time, also after the process was killed. A directory belongs to one account and one process.",
	"help.sandbox.example": `mediadock sandbox --env-file sandbox.env &
. ./sandbox.env && aws s3 ls s3://alpha-prod-assets/
mediadock sandbox --data ./sandbox-data --listen 127.0.0.1:9000`,

	"help.version.short":   "Print the version",
	"help.version.long":    "Print the version; with --json also Go's and the platform.",
	"help.version.example": `mediadock version --json`,

	"help.completion.short": "Print the completion script of a shell",
	"help.completion.long": `Print the script that lets a shell complete commands, flags, saved connections, regions and other values. SHELL is bash, zsh, fish or powershell.

Open a new shell afterwards. In zsh, compinit has to be on: autoload -U compinit; compinit`,
	"help.completion.example": `# bash (needs bash-completion 2)
mediadock completion bash \
  > ~/.local/share/bash-completion/completions/mediadock
# zsh
mediadock completion zsh > "${fpath[1]}/_mediadock"
# fish
mediadock completion fish > ~/.config/fish/completions/mediadock.fish
# PowerShell
mediadock completion powershell >> $PROFILE`,

	"help.man.short": "Print the manual page",
	"help.man.long":  "Print the manual page of the whole program in your language (--lang en or ja), in the format that man reads.",
	"help.man.example": `mediadock man > mediadock.1
man ./mediadock.1`,

	"help.help.short":   "Explain a command",
	"help.help.long":    "Explain a command and its flags, as --help after the command does.",
	"help.help.example": `mediadock help connection rotate`,
}
