{{/* At most 52 characters: a StatefulSet adds a hash of its own to the name, for a label of 63. */}}
{{- define "exporter.fullname" -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride -}}
{{- else if contains $name .Release.Name -}}
{{- .Release.Name | trunc 52 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 52 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "exporter.selectorLabels" -}}
app.kubernetes.io/name: {{ default .Chart.Name .Values.nameOverride }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "exporter.labels" -}}
{{ include "exporter.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
{{- end -}}

{{/* The exporter's own file, with the token where an account names none. */}}
{{- define "exporter.config" -}}
{{- $config := deepCopy .Values.config -}}
{{- range $config.accounts -}}
{{- if hasKey . "token" -}}
{{- fail "config.accounts: a token belongs into the Secret of token.existingSecret, not into the configuration" -}}
{{- end -}}
{{- if not (or .token_file .token_env) -}}
{{- $_ := set . "token_file" (printf "/etc/northflank-backup-exporter/secrets/%s" $.Values.token.key) -}}
{{- end -}}
{{- end -}}
{{- toYaml $config -}}
{{- end -}}

{{/* A file of alerts/ as it is: its {{ $labels }} are Prometheus's, so it is read and never evaluated. */}}
{{- define "exporter.rules" -}}
{{- $links := .root.Values.links -}}
{{- $rules := .root.Files.Get (printf "files/rules/%s.rules.yml" .name) -}}
{{- if not $rules -}}
{{- fail (printf "prometheusRule.rules: there is no alerts/%s.rules.yml" .name) -}}
{{- end -}}
{{- if $links.grafana -}}
{{- $rules = regexReplaceAll "dashboard_url: https?://[^/]+" $rules (printf "dashboard_url: %s" $links.grafana) -}}
{{- end -}}
{{- if $links.runbooks -}}
{{- $rules = regexReplaceAll "runbook_url: [^ ]*docs/runbooks" $rules (printf "runbook_url: %s" $links.runbooks) -}}
{{- end -}}
{{- $rules | trim -}}
{{- end -}}
