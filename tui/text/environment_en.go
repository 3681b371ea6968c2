package text

// environmentEN: environments of a connection ("env"). "media.environment-"
// are refusals of package media; all of them may use {environment}, {name},
// {connection} and {id}.
var environmentEN = map[string]string{
	"help.env.short": "Copy a connection and its media, and delete such copies",
	"help.env.long": `An environment is a copy of a connection for trying things out: its settings start as the connection's and are independent from then on, and its media lie in a directory of their own below the URL prefix. Production neither lists nor counts them.
An environment is used as -c CONNECTION/NAME, wherever a connection is.`,
	"help.env.example": `mediadock env create staging --from prod
mediadock media ls -c prod/staging
mediadock env delete staging -c prod`,

	"help.env.list.short":   "List environments",
	"help.env.list.long":    "List the environments of the connection -c, or of all connections, that this computer knows. One whose creation or deletion was cut short says so. A file that cannot be read is named, and the exit code is 3.",
	"help.env.list.example": `mediadock env list -c prod --json`,

	"help.env.create.short": "Create an environment: copy settings and media",
	"help.env.create.long": `Copy a connection's settings and all its media into an environment. The copies are made inside S3: nothing passes through this computer, nothing of production is changed, and nothing that is in the environment already is overwritten. Probes and other environments are left out. At the end both are compared by count, size and checksum.
Copying costs a request for each file, and the copies cost storage. Ctrl+C stops cleanly; the same command goes on where it stopped, on another day as well.`,
	"help.env.create.example": `mediadock env create staging --from prod --dry-run
mediadock env create staging --from prod
# on a second computer: only make it known there
mediadock env create staging --from prod --no-copy`,
	"help.env.create.flag.from":          "the `CONNECTION` to copy; by default -c, or the only one",
	"help.env.create.flag.dry-run":       "say what would be copied and where, copy nothing",
	"help.env.create.flag.checksums":     "compare checksums of large and encrypted files, too: two requests each",
	"help.env.create.flag.into-existing": "copy what is missing into a directory that has media already",
	"help.env.create.flag.no-copy":       "copy no media: the environment exists, made on another computer",
	"help.env.flag.parallel":             "at most `N` requests at the same time; by default as many as S3 takes",

	"help.env.delete.short": "Delete an environment with all its media",
	"help.env.delete.long": `Delete an environment's settings and everything in its directory. It shows which URLs will stop working and asks for the environment's name. Production and other environments are not touched.
When it is cut short, the same command goes on.`,
	"help.env.delete.example": `mediadock env delete staging -c prod --dry-run
mediadock env delete staging -c prod`,
	"help.env.delete.flag.dry-run": "show what would be deleted, delete nothing",
	"help.env.delete.flag.purge":   "invalidate the CDN's copies afterwards; done by itself where a distribution is set, off with --purge=false",

	"cmd.bad_environment":         "“{name}” is no name of an environment: use small letters, digits and hyphens, up to 32, beginning with a letter or a digit.",
	"cmd.no_such_environment":     "{connection} has no environment {name} on this computer. mediadock env list -c {connection} shows those it has. To make it: mediadock env create {name} --from {connection}. If it was made on another computer, add --no-copy.",
	"cmd.env_of_environment":      "{name} is an environment itself, and there are no environments of environments. Copy its connection: --from {connection}.",
	"cmd.env_integration":         "{name} has no environments: they belong to a microCMS connection with its service ID ({integration} has none).",
	"cmd.env_taken":               "{environment} exists already. Nothing was changed. Use it with -c {environment}, or choose another name; to begin anew, mediadock env delete {name} -c {connection} first.",
	"cmd.env_deleting":            "{environment} is being deleted, and that was not finished. Finish it first: mediadock env delete {name} -c {connection}.",
	"cmd.delete_environments":     "{name} has environments ({names}), whose media would stay in the bucket unseen. Delete them first: mediadock env delete NAME -c {name}.",
	"cmd.delete_env_instead":      "{connection}/{name} is an environment. To delete it with its media: mediadock env delete {name} -c {connection}. To remove only this computer's copy of its settings: mediadock connection forget {connection}/{name}.",
	"cmd.export_no_environments":  "Environments are left out ({names}). On the other computer: mediadock env create NAME --from {connection} --no-copy, then its own settings with mediadock connection edit.",
	"cmd.forgotten_environments":  "The settings of its environments are forgotten, too: {names}. Their media stay.",
	"cmd.env.state.ready":         "ready",
	"cmd.env.state.creating":      "creation unfinished",
	"cmd.env.state.deleting":      "deletion unfinished",
	"cmd.env.none":                "No environments. To make one: mediadock env create NAME --from CONNECTION.",
	"cmd.env.unready-creating":    "{environment} is not whole: its creation was cut short, or goes on elsewhere. To go on: mediadock env create {name} --from {connection}.",
	"cmd.env.unready-deleting":    "{environment} is being deleted; what is left of it goes, too. To go on: mediadock env delete {name} -c {connection}.",
	"cmd.env.taken-up":            "{environment} is known on this computer now ({dir}). Its settings are a copy of the connection's; where they differ, change them with mediadock connection edit {environment}.",
	"cmd.env.ask":                 "Type the environment's name {name} to delete it with {count} files ({bytes}): ",
	"cmd.env.removes":             "Delete {environment}: {count} files, {bytes}, everything below s3://{bucket}/{dir}",
	"cmd.env.goes-on":             "A deletion that was cut short goes on (begun {at}).",
	"cmd.env.url-ends":            "Every URL below {url} stops working:",
	"cmd.env.production-stays":    "{connection} and its other environments stay as they are.",
	"cmd.env.dry-run":             "Dry run: nothing was changed.",
	"cmd.env.created":             "{environment} is ready: {count} files copied ({bytes}) in {time}. Use it with -c {environment}.",
	"cmd.env.not-created":         "{environment} is not whole yet; what is copied stays. To go on: mediadock env create {name} --from {connection}. To give it up: mediadock env delete {name} -c {connection}.",
	"cmd.env.deleted":             "{environment} is deleted: {count} files, {bytes}, in {time}.",
	"cmd.env.not-deleted":         "{environment} is not deleted yet; {rest} files are left. To go on: mediadock env delete {name} -c {connection}.",
	"cmd.env.plan":                "Copy {connection} to {environment}: {objects} files, {bytes}, into s3://{bucket}/{dir}",
	"cmd.env.plan.no-copy":        "{environment} is in s3://{bucket}/{dir} and is only made known here; nothing is copied. {connection} has {objects} files, {bytes}.",
	"cmd.env.plan.resumes":        "A creation that was cut short goes on (begun {at}); {done} files are copied.",
	"cmd.env.plan.same":           "{count} are there already; {left} remain to be copied ({bytes}).",
	"cmd.env.plan.large":          "{count} are over 5 GB and are copied by parts ({bytes}).",
	"cmd.env.plan.archived":       "{count} are archived ({paths}). S3 does not copy them before they are restored.",
	"cmd.env.plan.too-long":       "{count} cannot be copied: their keys would be longer than 1,024 bytes ({paths}).",
	"cmd.env.plan.different":      "{count} are there under the same name but are others ({paths}). They stay as they are.",
	"cmd.env.plan.foreign":        "{count} are there that {connection} has not ({paths}). They stay as they are.",
	"cmd.env.plan.left-out":       "Left out: {probes} probes, {markers} folder markers, {environments} directories of environments.",
	"cmd.env.plan.cost":           "S3 bills a COPY request for each file, and the storage of the copies, to the bucket's owner.",
	"cmd.env.plan.rough":          "At 100 to 1,000 files a second that takes about {least} to {most}. The true rate is measured before the copying begins.",
	"cmd.env.plan.measured":       "That takes about {time} (measured: {rate} files a second).",
	"cmd.env.plan.remembered":     "That takes about {time}, at the rate of the last copy in this bucket ({rate} files a second).",
	"cmd.env.plan.probes-left":    "{count} small probes could not be deleted and stay in s3://{bucket}/{dir}.mediadock/. Deleting the environment will not be possible either.",
	"cmd.env.progress.copy":       "Copying",
	"cmd.env.progress.verify":     "Comparing",
	"cmd.env.progress.remove":     "Deleting",
	"cmd.env.progress.left":       "{time} left",
	"cmd.env.progress.rate":       "{count} files/s",
	"cmd.env.counting":            "{count} files counted, {bytes}",
	"cmd.env.hours":               "{hours} h {minutes} min",
	"cmd.env.verified":            "Compared by name: {source} files there, {target} here. Equal: {etag} by ETag, {checksum} by checksum, {size} by size alone.",
	"cmd.env.verified.unfinished": "The copies were not compared to the end.",
	"cmd.env.verified.missing":    "{count} are missing in the environment: {paths}",
	"cmd.env.verified.different":  "{count} are not what the source has: {paths}",
	"cmd.env.verified.extra":      "{count} are in the environment alone: {paths}",

	"media.environment-taken":  "{path} has {count} files already that no creation on this computer has put there: somebody else may have made this environment. To work with it here: add --no-copy. To copy what is missing: --into-existing. Otherwise choose another name.",
	"media.environment-nested": "{path} is an environment itself, and there are no environments of environments. Copy its connection.",
	"media.environment-prefix": "The URL prefix lies in the directory of an environment ({id}). Copies would be invisible to everybody. Create the environment from the connection that the directory belongs to.",
	"media.environment-id":     "{path} is not the directory of an environment. Nothing was touched.",
	"media.environment-busy":   "Another process on this computer is creating or deleting this environment. Wait for it, or end it.",
	"media.source-gone":        "{path} was removed from the source meanwhile and was not copied.",
}
