#include "cli/command_table.h"

#include <algorithm>
#include <array>

#include "cli/command.h"

namespace podreg::cli {

namespace {

using output::Prints;
constexpr bool kSeveral = true;  // clusters at the same time
constexpr bool kNoConnection = false;

constexpr std::array kCommands = {
    Command{"completion", "Print the script that completes podreg's words in a shell",
            "  source <(podreg completion bash)   # in ~/.bashrc\n"
            "  source <(podreg completion zsh)    # in ~/.zshrc, after compinit\n"
            "  podreg completion fish > ~/.config/fish/completions/podreg.fish",
            "0 done; 2 wrong use", declare_completion, Prints::script, !kSeveral, kNoConnection},
    Command{
        "config", "Show where the connection comes from, and what its user may do",
        "  podreg config view\n"
        "  podreg config view -o json | jq -r '.items[] | select(.setting == \"server\").value'\n"
        "  podreg config check -n shop\n"
        "  podreg config check -A -o wide\n"
        "  podreg config check -n shop -o yaml | kubectl apply -f -",
        "0 done; 2 wrong use; 3 no such context; 4 not allowed; 5 API server not reached; 7 "
        "invalid kubeconfig",
        declare_config},
    Command{"doctor", "Find what keeps a Dubbo consumer from seeing a provider, and say what to do",
            "  podreg doctor -n shop\n"
            "  podreg doctor com.example.shop.OrderService --consumer pod/shop-web-0\n"
            "  podreg doctor shop-order --no-probe -o json | jq -r '.items[].remedy'\n"
            "  podreg doctor -A --fail-on warning --skip PodTerminating\n"
            "  podreg doctor --explain AnnotationInvalid",
            "0 no errors; 1 errors (--fail-on); 2 wrong use; 3 not found; 4 not allowed; 5 API "
            "server not reached; 7 invalid data",
            declare_doctor, Prints::checks, kSeveral},
    Command{"graph", "Draw which applications provide which interfaces, with which instances",
            "  podreg graph -n shop\n"
            "  podreg graph com.example.shop.OrderService -n shop\n"
            "  podreg graph -A -o dot | dot -Tsvg > registry.svg\n"
            "  podreg graph shop-order --context prod-eu,prod-us\n"
            "  podreg graph shop-order --snapshot shop.yaml --metadata-file @metadata.json",
            "0 done; 2 wrong use; 3 not found; 4 not allowed; 5 not reached; 7 invalid data",
            declare_graph, Prints::graph, kSeveral},
    Command{
        "instances",
        "Show the instances that a Dubbo consumer sees of a Service, and why others are missing",
        "  podreg instances shop-order -n shop\n"
        "  podreg instances shop-order -A -o wide\n"
        "  podreg instances shop-order -o json | jq -r '.items[].host'\n"
        "  kubectl get endpoints,services,pods -A -o json | podreg instances shop-order --snapshot "
        "-",
        "0 done; 2 wrong use; 3 Service not found; 4 not allowed; 5 API server not reached; 7 "
        "invalid data",
        declare_instances, Prints::lists, kSeveral},
    Command{
        "invoke", "Call a method of a provider",
        "  podreg invoke shop-order com.example.shop.OrderService.add 2 40\n"
        "  podreg invoke shop-order com.example.shop.OrderService.echo '\"x\"' --all\n"
        "  podreg invoke shop-order com.example.shop.OrderService.saveOrder --data @order.json\n"
        "  podreg invoke dubbo://10.244.1.17:20880 com.example.shop.OrderService.add 2 -- -5\n"
        "  podreg invoke shop-order com.example.shop.OrderService.add 2 40 --count 10000 "
        "--concurrency 4",
        "0 done; 1 the method threw an exception; 2 wrong use; 3 not found; 4 not allowed; 5 not "
        "reached; 7 invalid data",
        declare_invoke, Prints::urls},
    Command{
        "mapping", "Show which applications provide an interface, and who says so",
        "  podreg mapping -n shop\n"
        "  podreg mapping com.example.shop.OrderService --provided-by shop-order "
        "--all-sources\n"
        "  podreg mapping 'consumer://10.0.0.1/com.example.shop.OrderService"
        "?provided-by=shop-order'\n"
        "  podreg mapping --cache-file ~/.dubbo/.mapping.shop-web.dubbo.cache -o wide\n"
        "  podreg mapping -o json | jq -r '.items[] | .interface + \" \" + "
        "(.applications | join(\",\"))'",
        "0 done; 2 wrong use; 3 interface not found; 4 not allowed; 5 not reached; 7 invalid data",
        declare_mapping, Prints::lists, kSeveral},
    Command{"metadata", "Ask providers what they export, and show it by revision",
            "  podreg metadata shop-order -n shop\n"
            "  podreg metadata pod/shop-order-0 --via port-forward -o wide\n"
            "  podreg metadata shop-order -o json > metadata.json",
            "0 done; 2 wrong use; 3 not found; 4 not allowed; 5 nobody answered; 7 invalid data",
            declare_metadata, Prints::lists, kSeveral},
    Command{
        "probe", "Open the URLs that a Dubbo consumer would call, and show which answer",
        "  podreg probe shop-order -n shop\n"
        "  podreg probe com.example.shop.OrderService --protocol tri --count 10 --interval 200ms\n"
        "  podreg probe dubbo://10.244.1.17:20880 tri://10.244.1.17:50051",
        "0 all answered; 1 a URL failed; 2 wrong use; 3 not found; 4 not allowed; 5 not reached; 7 "
        "invalid data",
        declare_probe, Prints::probes, kSeveral},
    Command{"register", "Write the registration of a pod, as its provider would",
            "  podreg register shop-order-0 --endpoint dubbo:20880 --services @MetadataInfo.json\n"
            "  podreg register --set weight=50 --endpoint tri:50051   # the pod of $HOSTNAME\n"
            "  podreg register -l app=shop-order --metadata @metadata.json --dry-run server\n"
            "  podreg register shop-order-0 --snapshot shop.yaml --set a=1 --dry-run client",
            "0 done; 2 wrong use; 3 pod not found; 4 not allowed; 5 API server not reached; 6 "
            "conflict; 7 invalid data; 8 not seen in the time of --wait",
            declare_register},
    Command{"services", "List the Services, with what is registered behind each",
            "  podreg services -n shop\n"
            "  podreg services -A --registered\n"
            "  podreg services --snapshot shop.json -o wide",
            "0 done; 2 wrong use; 3 context not found; 4 not allowed; 5 API server not reached; 7 "
            "invalid data",
            declare_services, Prints::lists, kSeveral},
    Command{"snapshot", "Save what the other commands need, to ask it later with --snapshot",
            "  podreg snapshot -n shop --output-file shop.json.gz\n"
            "  podreg snapshot shop-order --metadata --output-file shop-order.json\n"
            "  podreg snapshot -A --redact > cluster.json\n"
            "  podreg snapshot --explain\n"
            "  podreg urls shop-order --snapshot shop-order.json",
            "0 done; 1 not written; 2 wrong use; 3 Service not found; 4 not allowed; 5 API server "
            "not reached; 7 invalid data",
            declare_snapshot},
    Command{"unregister", "Remove the registration of a pod",
            "  podreg unregister shop-order-0 -n shop\n"
            "  podreg unregister -l app=shop-order",
            "0 done, also when nothing was registered; 2 wrong use; 3 pod not found; 4 not "
            "allowed; 5 API server not reached; 6 conflict; 7 invalid data",
            declare_unregister},
    Command{"update", "Merge into the registration of a pod; write only what changes",
            "  podreg update shop-order-0 --set weight=10 --unset zone\n"
            "  podreg update shop-order-0 --services @MetadataInfo.json --wait\n"
            "  podreg update --timestamp\n"
            "\nA pod that is not registered is registered when --metadata, --set, --endpoint or "
            "--services gives\nwhat to register; with --unset and --timestamp alone nothing is "
            "written.",
            "0 done; 2 wrong use; 3 pod not found; 4 not allowed; 5 API server not reached; 6 "
            "conflict; 7 invalid data; 8 not seen in the time of --wait",
            declare_update},
    Command{"urls", "Show the URLs that a Dubbo consumer would call",
            "  podreg urls shop-order -n shop -o url\n"
            "  podreg urls com.example.shop.OrderService --provided-by shop-order --protocol tri\n"
            "  podreg urls shop-order --metadata-file @metadata.json --snapshot shop.yaml",
            "0 done; 2 wrong use; 3 not found; 4 not allowed; 5 nobody answered; 7 invalid data",
            declare_urls, Prints::urls, kSeveral},
    Command{"version", "Print the version",
            "  podreg version\n  podreg version -o jsonpath='{.version}'", "0 done; 2 wrong use",
            declare_version, Prints::version, !kSeveral, kNoConnection},
    Command{"wait", "Wait until consumers see of a Service what they are to see",
            "  podreg wait shop-order --for instances=3 --timeout 2m\n"
            "  podreg wait shop-order --for ready --for no-warnings --stable 5s\n"
            "  podreg wait shop-order --for revision=6c1f7d52 --for 'instances>=2'\n"
            "  podreg wait shop-order --for interface=com.example.shop.OrderService\n"
            "  podreg wait shop-order --for delete",
            "0 it holds; 2 wrong use; 3 context not found; 4 not allowed; 5 API server not "
            "reached; 7 invalid data; 8 not met in time",
            declare_wait},
    Command{"watch", "Show the instances of a Service, and every change as it happens",
            "  podreg watch shop-order -n shop\n"
            "  podreg watch shop-order shop-stock -A --no-live\n"
            "  podreg watch shop-order -o jsonl | jq -r 'select(.type == \"DELETED\").object.pod'\n"
            "  podreg watch shop-order --until 'instances>=3'\n"
            "  podreg watch shop-order --exec /usr/local/bin/tell-the-gateway",
            "0 ended by --until; 2 wrong use; 3 context not found; 4 not allowed; 5 API server not "
            "reached; 7 invalid data; 130 interrupted",
            declare_watch, Prints::events},
};

static_assert(std::ranges::is_sorted(kCommands, {}, &Command::name), "the command table is sorted");
static_assert(std::ranges::adjacent_find(kCommands, {}, &Command::name) == kCommands.end(),
              "a command is listed once");
static_assert(std::ranges::none_of(kCommands, &std::string_view::empty, &Command::exit_statuses),
              "every command says what its exit statuses mean");

}  // namespace

std::span<const Command> commands() { return kCommands; }

}  // namespace podreg::cli
