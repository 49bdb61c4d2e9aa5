#!/usr/bin/env bash
# What for:  says what is missing between this PBX and the appliance, and how to mend it.
# Where to:  run on the PBX, as root:  bash check-appliance.sh
#            Looks only, changes nothing. Exit status 0: all there; 1: something is missing.
# ASTERISK names another command than `asterisk` to talk to the running one.
set -u

ASTERISK=${ASTERISK:-asterisk}
MODULES="app_audiosocket res_audiosocket app_exec app_stack app_playback app_verbose func_curl
res_curl func_strings func_callerid func_channel func_logic func_cut func_dialplan"
missing=0

ok() { printf 'ok       %s\n' "$1"; }
note() { printf 'note     %s\n' "$1"; }
wrong() {
    printf 'MISSING  %s\n         -> %s\n' "$1" "$2"
    missing=1
}
ask() { $ASTERISK -rx "$1" 2>/dev/null; }
value() { sed -n "s/^ *$1=//p" <<<"$globals" | head -1; }

version=$(ask "core show version" | grep "^Asterisk" | head -1)
case $version in
    Asterisk*) ok "${version%% built*} is running" ;;
    *)
        wrong "no Asterisk answers to: $ASTERISK -rx" "start it (fwconsole start), and run this as root"
        exit 1
        ;;
esac

loaded=$(ask "module show")
for module in $MODULES; do
    if grep -q "^$module\.so .*Running" <<<"$loaded"; then
        continue
    fi
    wrong "module $module is not loaded" \
        "$ASTERISK -rx 'module load $module.so'; for good: Settings > Asterisk Modules, or no 'noload' in modules.conf"
done
if ! grep -q "^func_uuid\.so .*Running" <<<"$loaded"; then
    if grep -q "^func_rand\.so .*Running" <<<"$loaded"; then
        note "no function UUID() (Asterisk older than 2025): RAND() makes the calls' numbers"
    else
        wrong "neither func_uuid nor func_rand is loaded" "$ASTERISK -rx 'module load func_uuid.so'"
    fi
fi
[ $missing = 0 ] && ok "all modules are loaded"

globals=$(ask "dialplan show globals")
form=$(value APPLIANCE_FORM)
case $form in
    channel | wideband)
        grep -q "^chan_audiosocket\.so .*Running" <<<"$loaded" ||
            wrong "APPLIANCE_FORM is $form and the module chan_audiosocket is not loaded" \
                "$ASTERISK -rx 'module load chan_audiosocket.so', or APPLIANCE_FORM = application"
        ;;
esac
if ask "dialplan show s@appliance" | grep -q "AudioSocket"; then
    ok "the context [appliance] is in the dialplan"
else
    wrong "the context [appliance] is not in the dialplan" \
        "extensions_appliance.conf into /etc/asterisk (owner asterisk), '#include extensions_appliance.conf' into extensions_custom.conf, then: fwconsole reload"
fi

host=$(value APPLIANCE_HOST)
port=$(value APPLIANCE_PORT)
http=$(value APPLIANCE_HTTP_PORT)
if [ -z "$host" ] || [ -z "$port" ] || [ -z "$http" ]; then
    wrong "APPLIANCE_HOST, APPLIANCE_PORT or APPLIANCE_HTTP_PORT has no value" \
        "put freepbx/globals_custom.conf into globals_custom.conf, then: fwconsole reload"
else
    if answer=$(timeout 3 bash -c "exec 3<>/dev/tcp/$host/$http; printf 'GET /ready HTTP/1.0\r\n\r\n' >&3; cat <&3" 2>/dev/null | tail -1) &&
        [ -n "$answer" ]; then
        case $answer in
            *'"ready": true'*) ok "the appliance at $host:$http takes calls" ;;
            *) wrong "the appliance at $host:$http takes no call now: $answer" "appliance doctor, there" ;;
        esac
    else
        wrong "nothing answers at http://$host:$http/ready" \
            "start the appliance (systemctl start appliance); on another machine: its HTTP_HOST, and the firewall"
    fi
    if timeout 3 bash -c ": <>/dev/tcp/$host/$port" 2>/dev/null; then
        ok "the AudioSocket port $host:$port can be reached"
    else
        wrong "the AudioSocket port $host:$port cannot be reached" \
            "the settings host and port of the appliance, and the firewall"
    fi
fi

human=$(value APPLIANCE_HUMAN)
context=$(value APPLIANCE_HUMAN_CONTEXT)
if [ -z "$human" ]; then
    note "APPLIANCE_HUMAN is empty: tick \"Return\" at the Custom Destination and choose where calls go on"
elif ask "dialplan show $human@$context" | grep -q '=>'; then
    ok "people are at $human@$context"
else
    wrong "APPLIANCE_HUMAN: there is no $human@$context in the dialplan" \
        "an extension, ring group or queue of yours, in globals_custom.conf"
fi
exit $missing
