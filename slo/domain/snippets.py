"""What a pipeline runs to ask the gate and to record a release: plain shell, GitHub Actions and GitLab CI.

The shell needs curl and git alone. It ends with 6 when the gate denies and with 5 when the portal cannot be asked, so
that a pipeline stops in both cases. Titles of commits are told as git makes names of files of them: no quotes in them.
"""

from textwrap import indent

DENIED = 6
UNREACHABLE = 5

GATE = f"""\
# Ask the gate. Exit code {DENIED}: denied. {UNREACHABLE}: the portal cannot be asked.
status=$(curl --silent --show-error --get --output gate.json --write-out '%{{http_code}}' \\
  --header "Authorization: Bearer $SRELINK_TOKEN" \\
  --data-urlencode "version=$VERSION" --data-urlencode "kind=${{KIND:-normal}}" \\
  --data-urlencode "environment=${{ENVIRONMENT:-production}}" --data-urlencode "approver=${{APPROVER:-}}" \\
  --data "refuse=true" \\
  "$SRELINK_URL/api/v1/services/$SERVICE/gate/") || exit {UNREACHABLE}
cat gate.json; echo
case "$status" in
  200) ;;
  409) echo "The gate denies $SERVICE $VERSION." >&2; exit {DENIED} ;;
  *) echo "The gate answered $status." >&2; exit {UNREACHABLE} ;;
esac
"""

RECORD = """\
# Record the release. RUN_ID is your own name of it: told twice, it is recorded once.
changes=$(git log --max-count=500 --format='{"commit":"%H","committed_at":"%cI","title":"%f"}' \\
  "${SINCE:-HEAD~1}..HEAD" \\
  | sed -E 's/("title":"[^"]{0,200})[^"]*/\\1/' | paste -sd, -) || changes=
curl --silent --show-error --fail-with-body --request POST \\
  --header "Authorization: Bearer $SRELINK_TOKEN" --header "Content-Type: application/json" \\
  --data @- "$SRELINK_URL/api/v1/releases/" <<JSON
{"service": "$SERVICE", "version": "$VERSION", "environment": "${ENVIRONMENT:-production}",
 "kind": "${KIND:-normal}", "status": "${STATUS:-succeeded}", "external_id": "$RUN_ID", "url": "$RUN_URL",
 "diff_url": "${DIFF_URL:-}", "author": "${AUTHOR:-}",
 "commit": "$(git rev-parse HEAD)", "committed_at": "$(git log -1 --format=%cI)", "changes": [$changes]}
JSON
echo
"""


def shell(portal: str, service: str) -> str:
    """Both steps for any pipeline."""
    return f"""\
# SRELINK_TOKEN: a token with the scopes releases:read and releases:write.
export SRELINK_URL={portal} SERVICE={service}
export VERSION=$(git rev-parse --short HEAD) RUN_ID=$(date +%s) RUN_URL= DIFF_URL= AUTHOR=$(id -un)

{GATE}
./deploy.sh

{RECORD}"""


def github(portal: str, service: str) -> str:
    """A workflow of GitHub Actions."""
    return f"""\
name: release
on:
  push:
    branches: [main]
jobs:
  release:
    runs-on: ubuntu-latest
    env:
      SRELINK_URL: {portal}
      SRELINK_TOKEN: ${{{{ secrets.SRELINK_TOKEN }}}}
      SERVICE: {service}
      VERSION: ${{{{ github.sha }}}}
      SINCE: ${{{{ github.event.before }}}}
      RUN_ID: github-${{{{ github.run_id }}}}-${{{{ github.run_attempt }}}}
      RUN_URL: ${{{{ github.server_url }}}}/${{{{ github.repository }}}}/actions/runs/${{{{ github.run_id }}}}
      DIFF_URL: ${{{{ github.event.compare }}}}
      AUTHOR: ${{{{ github.actor }}}}
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0
      - name: Ask the gate
        run: |
{indent(GATE, " " * 10)}
      - name: Deploy
        id: deploy
        run: ./deploy.sh
      - name: Record the release
        if: always() && steps.deploy.outcome != 'skipped'
        env:
          STATUS: ${{{{ steps.deploy.outcome == 'success' && 'succeeded' || 'failed' }}}}
        run: |
{indent(RECORD, " " * 10)}"""


def gitlab(portal: str, service: str) -> str:
    """A pipeline of GitLab CI. The runner's image needs curl and git."""
    return f"""\
stages: [gate, deploy, record]
variables:
  SRELINK_URL: {portal}
  SERVICE: {service}
  VERSION: $CI_COMMIT_SHA
  SINCE: $CI_COMMIT_BEFORE_SHA
  RUN_ID: gitlab-$CI_PIPELINE_ID
  RUN_URL: $CI_PIPELINE_URL
  DIFF_URL: $CI_PROJECT_URL/-/compare/$CI_COMMIT_BEFORE_SHA...$CI_COMMIT_SHA
  AUTHOR: $GITLAB_USER_LOGIN
  GIT_DEPTH: "0"
ask-the-gate:
  stage: gate
  script:
    - |
{indent(GATE, " " * 6)}
deploy:
  stage: deploy
  script:
    - ./deploy.sh
record-the-release:
  stage: record
  needs: [deploy]
  script: &record
    - |
{indent(RECORD, " " * 6)}
record-the-failure:
  stage: record
  needs: [deploy]
  when: on_failure
  variables:
    STATUS: failed
  script: *record
"""
