// An independent judge for oracle_test.go: @cloud-copilot/iam-simulate, asked line by line. It is run from a folder that has
// the package (make test-oracle installs it outside the repository); it is a tool of the tests and no part of the program.
// A line in is one request with the policies that apply; a line out is Allowed, ImplicitlyDenied, ExplicitlyDenied, or what
// the judge does not accept.
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import readline from 'node:readline'

const require = createRequire(pathToFileURL(process.cwd() + '/'))
const { runSimulation, anonymousPrincipal } = require('@cloud-copilot/iam-simulate')

const named = (kind, policies) => (policies ?? []).map((policy, i) => ({ name: kind + i, policy }))
const level = (kind, policies) => (policies ? [{ orgIdentifier: 'o-example', policies: named(kind, policies) }] : [])

async function judge(q) {
  const simulation = {
    request: {
      principal: q.principal === 'anonymous' ? anonymousPrincipal : q.principal,
      action: q.action,
      resource: { resource: q.resource, accountId: q.account },
      contextVariables: q.context ?? {},
    },
    identityPolicies: named('identity', q.identity),
    serviceControlPolicies: level('scp', q.serviceControl),
    resourceControlPolicies: level('rcp', q.resourceControl),
    resourcePolicy: q.resourcePolicy,
    sessionPolicy: q.session,
  }
  if (q.boundary) simulation.permissionBoundaryPolicies = named('boundary', [q.boundary])
  if (q.endpoint) simulation.vpcEndpointPolicies = named('endpoint', [q.endpoint])
  const r = await runSimulation(simulation, {})
  if (r.resultType === 'error') return 'refused: ' + JSON.stringify(r.errors).slice(0, 400)
  const ignored = r.result?.ignoredContextKeys ?? []
  return r.overallResult + (ignored.length ? ' ignoring ' + ignored.join(' ') : '')
}

for await (const line of readline.createInterface({ input: process.stdin })) {
  let answer
  try {
    answer = await judge(JSON.parse(line))
  } catch (e) {
    answer = 'broke: ' + String(e).slice(0, 400)
  }
  console.log(answer.replaceAll('\n', ' '))
}
