using System.Text.Json.Nodes;
using CrmPlatform.Edge.Doors;
using CrmPlatform.Edge.Operations;
using CrmPlatform.Edge.Upstreams;
using CrmPlatform.Hosting.Doors;
using CrmPlatform.Journal;
using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Edge.Details;

/// <summary>
/// A record with what it refers to and the newest of what refers to it, from all services in one answer. Each part is what its own door answers this caller;
/// one that is refused or fails says so, and the others are there all the same.
/// </summary>
internal sealed class GetDetail(Everywhere everywhere, UpstreamList upstreams, DetailQuestions questions)
{
    public const string Route = "/api/v1/{plural}/{id:guid}/detail";

    public async Task Handle(HttpContext http, string plural, Guid id)
    {
        if (!await everywhere.Admit(http))
            return;
        var types = upstreams.Current.Details;
        if (types.At(plural) is not { } type)
            throw upstreams.Current.Missing == 0 ? Gate.Nowhere() : Forward.NotYet();
        var wish = DetailWish.Read(http.Request.Query, type);

        var (asked, related) = (questions.Ask(http, type.Upstream, "GET", $"/api/v1/{type.Plural}/{id}"), Related(http, id, wish));
        var record = await asked;
        if (record.Status != 200 || record.Body is not JsonObject shown)
        {
            await related.ContinueWith(_ => { }, TaskScheduler.Default); // whoever does not see the record is not shown what belongs to it
            await Refuse(http, record);
            return;
        }
        var references = wish.Wants(DetailWish.References) ? await References(http, types, type, shown) : [];
        http.Response.Headers.ETag = $"\"{shown["version"]}\"";
        await http.Response.WriteAsJsonAsync(
            new JsonObject { ["record"] = shown, ["references"] = references, ["related"] = await related }, http.RequestAborted);
    }

    // One request for each type: with a part for each field by which its records refer to this one.
    private async Task<JsonObject> Related(HttpContext http, Guid id, DetailWish wish)
    {
        var lists = new Dictionary<string, JsonObject>();
        await Task.WhenAll(wish.Parts.GroupBy(p => p.Type).Select(async of =>
        {
            var parts = of.ToList();
            var answer = await questions.Ask(http, of.Key.Upstream, "POST", $"/api/v1/{of.Key.Plural}/read", new JsonObject
            {
                ["parts"] = new JsonArray([.. parts.Select(part => wish.Question(part, id))]),
            });
            var said = answer.Status == 200 ? answer.Body!["parts"]!.AsArray() : null;
            for (var at = 0; at < parts.Count; at++)
            {
                var shown = Shown(parts[at], said?[at], answer, id, wish);
                lock (lists)
                    lists[parts[at].Name] = shown;
            }
        }));
        return new JsonObject(wish.Parts.Select(part => KeyValuePair.Create(part.Name, (JsonNode?)lists[part.Name])));
    }

    private static JsonObject Shown(DetailPart part, JsonNode? said, DetailAnswer whole, Guid id, DetailWish wish)
    {
        var shown = new JsonObject { ["record"] = part.Type.Published.Name, ["field"] = part.Field };
        if ((said is null ? whole.Body : said["problem"]) is { } problem)
        {
            shown["problem"] = problem.DeepClone();
            return shown;
        }
        var list = said!["lists"]![0]!;
        shown["items"] = list["items"]!.DeepClone();
        if (wish.Counts)
            shown["total"] = list["total"]?.DeepClone();
        shown["next"] = list["nextCursor"]?.GetValue<string>() is { } cursor ? wish.Link(part, id, cursor) : null;
        return shown;
    }

    private async Task<JsonObject> References(HttpContext http, DetailTypes types, DetailType type, JsonObject record)
    {
        var all = type.Published.Refers.Where(r => types.Named(r.Value) is not null && record[r.Key] is JsonValue)
            .Select(r => (Field: r.Key, To: types.Named(r.Value)!, Id: record[r.Key]!.GetValue<string>())).ToList();
        var found = new Dictionary<DetailType, DetailAnswer>();
        await Task.WhenAll(all.GroupBy(r => r.To).Select(async of =>
        {
            var ids = new JsonArray([.. of.Select(r => r.Id).Distinct().Select(one => (JsonNode)one)]);
            var answer = await questions.Ask(
                http, of.Key.Upstream, "POST", $"/api/v1/{of.Key.Plural}/read", new JsonObject { ["parts"] = new JsonArray(new JsonObject { ["ids"] = ids }) });
            lock (found)
                found[of.Key] = answer;
        }));
        return new JsonObject(all.Select(r => KeyValuePair.Create(r.Field, (JsonNode?)Reference(r.To, r.Id, found[r.To]))));
    }

    // What is not there, or not seen, is null: the id alone is known from the record.
    private static JsonObject Reference(DetailType to, string id, DetailAnswer answer)
    {
        var part = answer.Status == 200 ? answer.Body!["parts"]![0] : null;
        var shown = new JsonObject { ["record"] = to.Published.Name, ["id"] = id };
        if ((part is null ? answer.Body : part["problem"]) is { } problem)
            shown["problem"] = problem.DeepClone();
        else
            shown["item"] = part!["lists"]![0]!["items"]!.AsArray().FirstOrDefault(item => item!["id"]!.GetValue<string>() == id)?.DeepClone();
        return shown;
    }

    private static Task Refuse(HttpContext http, DetailAnswer record)
    {
        var said = record.Body as JsonObject;
        return Problems.Write(http, new Refusal(
            record.Status, said?["code"]?.GetValue<string>() ?? "refused", said?["detail"]?.GetValue<string>() ?? "The request was refused.")
        {
            Facts = said?["mergedInto"] is { } into ? new Dictionary<string, object?> { ["mergedInto"] = into.GetValue<string>() } : [],
        });
    }
}
