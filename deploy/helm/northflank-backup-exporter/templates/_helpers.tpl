{{/* At most 52 characters: a StatefulSet adds a hash of its own to the name, for a label of 63. */}}
{{- define "exporter.fullname" -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- $full := contains $name .Release.Name | ternary .Release.Name (printf "%s-%s" .Release.Name $name) -}}
{{- $full = default ($full | trunc 52 | trimSuffix "-") .Values.fullnameOverride -}}
{{- if not (regexMatch "^[a-z]([a-z0-9-]*[a-z0-9])?$" $full) -}}
{{- fail (printf "%s: a Service cannot have this name (a-z, 0-9 and -, a letter first); set fullnameOverride" $full) -}}
{{- end -}}
{{- $full -}}
{{- end -}}

{{/* What is named by its digest needs no tag. */}}
{{- define "exporter.image" -}}
{{- $tag := default .Chart.AppVersion .Values.image.tag -}}
{{- .Values.image.repository }}{{ .Values.image.digest | empty | ternary ":" "@" }}{{ default $tag .Values.image.digest -}}
{{- end -}}

{{- define "exporter.selectorLabels" -}}
app.kubernetes.io/name: {{ default .Chart.Name .Values.nameOverride | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
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
{{- fail (printf "prometheusRule.rules: there are no rules %s in alerts/" .name) -}}
{{- end -}}
{{- /* scripts/manifests made the file with addresses that stand for these. */ -}}
{{- range $place, $to := dict "https://grafana.invalid" $links.grafana "https://runbooks.invalid" $links.runbooks -}}
{{- if $to -}}
{{- $rules = replace $place $to $rules -}}
{{- else -}}
{{- $rules = regexReplaceAll (printf "(?m)^ +\\w+_url: >-\n +%s.*\n" $place) $rules "" -}}
{{- end -}}
{{- end -}}
{{- $rules | trim -}}
{{- end -}}

{{/* `https` or `http`, as the web configuration makes the exporter serve. */}}
{{- define "exporter.scheme" -}}
{{- if and .Values.web.tls (not .Values.web.existingSecret) -}}
{{- fail "web.tls: TLS needs a web configuration; name its Secret in web.existingSecret" -}}
{{- end -}}
{{- ternary "https" "http" .Values.web.tls -}}
{{- end -}}

{{/* What a probe does to ask the path that it is called with. */}}
{{- define "exporter.probe" -}}
{{- if .root.Values.web.execProbes -}}
exec: {command: [/usr/bin/northflank-backup-exporter, healthcheck]}
{{- else -}}
httpGet: {path: {{ .path }}, port: http{{ if .root.Values.web.tls }}, scheme: HTTPS{{ end }}}
{{- end -}}
{{- end -}}
