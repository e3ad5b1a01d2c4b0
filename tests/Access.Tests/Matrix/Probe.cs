using System.Text.Json.Nodes;
using CrmPlatform.Access.Roles;

namespace CrmPlatform.Access.Tests.Matrix;

/// <summary>What has to be there before a route is asked.</summary>
internal enum Before
{
    Record,
    Trashed,
    Pair,
    Import,
    Field,
    TrashedField,
    View,
    TrashedView,
}

/// <summary>How a route is asked, and what it must answer to whom.</summary>
internal sealed record Probe(Func<Question, Expected> Expects)
{
    private static readonly object Nothing = new { };
    private static readonly object[] NoIds = [];

    public Before Before { get; init; }

    public Func<Target, object?> Body { get; init; } = _ => null;

    public Func<Target, string> Query { get; init; } = _ => "";

    /// <summary>Whether what is sent is what enters a new record of the type.</summary>
    public bool SendsNew { get; init; }

    /// <summary>How a route is asked that no table names: with nothing, for what holds of every slice.</summary>
    public static Probe Of(Route route) => Slices.GetValueOrDefault(route.Name)
        ?? (route.IsOfType ? Doors.GetValueOrDefault($"{route.Method} {route.Door}") : null)
        ?? new(q => Any(route, q)) { Body = _ => route.Changes ? Nothing : null };

    // The same for every record type.
    private static readonly Dictionary<string, Probe> Doors = new()
    {
        ["GET "] = new(q => new([200], q.Sees)) { Query = _ => "?include=total&limit=200" },
        ["POST "] = new(q => q.MayEnter ? Expected.Of(201, q.IsElsewhere ? 422 : 201, Samples.IsSingle(q.Table.Record) ? 409 : 201) : Expected.Refused)
        {
            SendsNew = true,
        },
        ["GET /{id}"] = new(Seen),
        ["PATCH /{id}"] = new(q => q.Where(Deed.Update, 200)) { Body = _ => new { externalIds = NoIds } },
        ["DELETE /{id}"] = new(q => q.Table.Record switch
        {
            "company" or "signIn" or "connection" => q.Sees ? Expected.Refused : Expected.No,
            "apiKey" or "client" => q.Where(Deed.Delete, 409), // revoke it first
            _ => q.Where(Deed.Delete, 204),
        }),
        ["POST /{id}/restore"] = new(q => q.Table.Record is "company" or "signIn" or "connection" ? Expected.No : q.Where(Deed.Delete, 200))
        {
            Before = Before.Trashed,
        },
        ["GET /{id}/history"] = new(Seen),
        ["GET /{id}/access"] = new(q => q.Audits || q.Sees && q.Gets(Deed.Update) ? Expected.Of(200) : q.Sees ? Expected.Refused : Expected.No),
        ["GET /model"] = new(_ => new([200])),
        ["POST /read"] = new(q => new([200], q.Sees)) { Body = t => new { parts = new[] { new { ids = new[] { t.Id } } } } },
        ["POST /batch"] = new(q => new([200], q.Sees && q.May(Deed.Update)))
        {
            Body = t => new { operations = new[] { new { @do = "patch", id = t.Id, fields = new { externalIds = NoIds } } } },
        },
        ["GET /external/{system}/{id}"] = new(_ => Expected.No),
        ["PUT /external/{system}/{id}"] = new(q => q.MayEnter
            ? Expected.Of(201, q.IsElsewhere ? 422 : 201, Samples.IsSingle(q.Table.Record) ? 409 : 201) : Expected.Refused)
        {
            SendsNew = true,
        },
        ["POST /bulk-edit"] = new(q => !q.Rights.Has(Privilege.BulkEdit) ? Expected.Refused : !q.Knows ? new([422])
            : (q.HasSwitch(Deed.Update) || q.Table.Record == "webhook") && !Samples.IsMadeByLoggingIn(q.Table.Record) ? new([200]) : Expected.Refused)
        {
            Body = _ => new { filter = "", set = new { externalIds = NoIds }, dryRun = true },
        },
        ["GET /export"] = new(q => q.Rights.Has(Privilege.Export) && q.For(Deed.Export) > Reach.None
            ? new([200], q.Sees && q.Gets(Deed.Export)) : Expected.Refused)
        {
            Query = t => $"?filter=tags has \"{t.Word}\"",
        },
        ["POST /imports"] = new(_ => new([200])) { Body = _ => "id,ownerId\n1,2" },
        ["POST /imports/{id}/start"] = new(q => OfOthers(q, 202, 403, 404)) { Before = Before.Import, Body = _ => Nothing },
        ["GET /imports/{id}/errors"] = new(q => OfOthers(q, 200)) { Before = Before.Import },
        ["GET /jobs"] = new(q => new([200], q.Audits)) { Before = Before.Import },
        ["GET /jobs/{id}"] = new(q => OfOthers(q, 200)) { Before = Before.Import },
        ["POST /jobs/{id}/cancel"] = new(q => OfOthers(q, 200)) { Before = Before.Import },

        // Fields are known to whoever sees records that have them; what they are is decided by few.
        ["GET /fields"] = new(_ => new([200])),
        ["POST /fields"] = new(q => q.Rights.Has(Privilege.DataModel) ? Expected.Of(201) : Expected.Refused)
        {
            Body = t => new { name = $"f{t.Word[^30..]}", label = "Extra", kind = "text" },
        },
        ["GET /fields/{id}"] = new(q => OfField(q, false, 200)) { Before = Before.Field },
        ["GET /fields/{id}/history"] = new(q => OfField(q, false, 200)) { Before = Before.Field },
        ["PATCH /fields/{id}"] = new(q => OfField(q, true, 200)) { Before = Before.Field, Body = _ => new { label = "X" } },
        ["DELETE /fields/{id}"] = new(q => OfField(q, true, 204)) { Before = Before.Field },
        ["POST /fields/{id}/restore"] = new(q => q.IsElsewhere ? Expected.No : q.Rights.Has(Privilege.DataModel) ? Expected.Of(200)
            : q.IsForAll ? Expected.Refused : Expected.No)
        {
            Before = Before.TrashedField,
        },

        // A view of somebody's own is nobody else's, whatever their role.
        ["GET /views"] = new(_ => new([200])) { Before = Before.View },
        ["POST /views"] = new(q => new(q.Knows ? [201] : [201, 404])) { Body = _ => new { name = "Mine" } },
        ["GET /views/{id}"] = new(_ => Expected.No) { Before = Before.View },
        ["PATCH /views/{id}"] = new(_ => Expected.No) { Before = Before.View, Body = _ => new { name = "X" } },
        ["DELETE /views/{id}"] = new(_ => Expected.No) { Before = Before.View },
        ["POST /views/{id}/restore"] = new(_ => Expected.No) { Before = Before.TrashedView },
        ["GET /views/{id}/history"] = new(_ => Expected.No) { Before = Before.View },
    };

    // What services have beside that, where more can be said of it than of every slice.
    private static readonly Dictionary<string, Probe> Slices = new()
    {
        ["GetModel"] = new(_ => new([200])),
        ["ListReplicas"] = new(_ => new([200])),
        ["ListDeliveries"] = new(q => q.Rights.Slice("listDeliveries") ? new([200], q.Sees ? null : false) : Expected.Refused),
        ["ListCalls"] = new(q => q.Rights.Slice("listCalls") ? new([200], q.Sees ? null : false) : Expected.Refused),
        ["ReadUsage"] = new(q => q.Rights.Slice("readUsage") ? new([200], q.Sees ? null : false) : Expected.Refused),
        ["SubscribeHook"] = new(q => q.Rights.Slice("subscribeHook") && q.For(Deed.Create) > Reach.None ? Expected.Of(201) : Expected.Refused)
        {
            Body = _ => new { targetUrl = "https://tool.example/hook", @event = "contacts.contact.created" },
        },
        ["UnsubscribeHook"] = new(q => q.Rights.Slice("unsubscribeHook") ? q.Where(Deed.Delete, 204) : Expected.Refused),
        ["ReadEvents"] = new(q => q.Rights.Slice("readEvents") ? new([200], q.Sees ? null : false) : Expected.Refused),
        ["ListAudit"] = new(q => q.Rights.Has(Privilege.Audit) ? new([200], q.IsElsewhere ? false : null) : Expected.Refused),
        ["GetOperation"] = new(q => q.Sees ? Expected.Of(200) : Expected.No),
        ["UndoOperation"] = new(q => !q.Sees ? Expected.No : q.Gets(Deed.Delete) && !q.HasSwitch(Deed.Delete) ? Expected.Refused : Expected.Of(200))
        {
            Body = _ => new { keepChanged = true },
        },

        ["FindDuplicateAccounts"] = new(q => q.Rights.Slice("findDuplicateAccounts") ? new([200], q.Sees) : Expected.Refused)
        {
            Query = t => $"?name={t.Word}",
        },
        ["FindDuplicateContacts"] = new(q => q.Rights.Slice("findDuplicateContacts") ? new([200], q.Sees) : Expected.Refused)
        {
            Query = t => $"?email={t.Word}@x.example",
        },
        ["MergeAccounts"] = new(q => Merge(q, "mergeAccounts")) { Before = Before.Pair, Body = t => new { loser = t.Other } },
        ["MergeContacts"] = new(q => Merge(q, "mergeContacts")) { Before = Before.Pair, Body = t => new { loser = t.Other } },
        ["ChangeJob"] = new(q => q.Slice("changeJob", Deed.Update) is { Statuses: [200] } ? Expected.Of(422) : q.Slice("changeJob", Deed.Update))
        {
            Body = _ => new { jobTitle = "Free" }, // who works nowhere cannot leave: as far as that they come
        },

        ["ReadForecast"] = new(q => q.Rights.Slice("readForecast") ? Expected.Of(200, 403) : Expected.Refused) { Query = _ => "?period=2026-Q3" },

        ["InviteUser"] = new(q => q.Slice("inviteUser", Deed.Update, Privilege.People)) { Body = _ => Nothing },
        ["DeactivateUser"] = new(q => q.Slice("deactivateUser", Deed.Update, Privilege.People)) { Body = _ => Nothing },
        ["RevokeSignIn"] = new(q => !q.Rights.Slice("revokeSignIn") ? Expected.Refused : !q.Sees ? Expected.No
            : q.Asker.Whose == Whose.Own || q.Rights.Has(Privilege.People) ? Expected.Of(200) : Expected.Refused),
        ["RevokeConnection"] = new(q => q.Slice("revokeConnection", Deed.Update)),
        ["IssueClientSecret"] = new(q => q.Slice("issueClientSecret", Deed.Update)) { Body = _ => Nothing },
        ["RevokeClient"] = new(q => q.Slice("revokeClient", Deed.Update)),
        ["ReadClientSecrets"] = new(q => Read(q, "readClientSecrets")),
        ["IssueApiKey"] = new(q => q.Slice("issueApiKey", Deed.Update)) { Body = _ => Nothing },
        ["RevokeApiKey"] = new(q => q.Slice("revokeApiKey", Deed.Update)),
        ["ReadApiKeySecrets"] = new(q => Read(q, "readApiKeySecrets")),
    };

    private static Expected Seen(Question q) => q.Sees ? new([200], true) : Expected.No;

    private static Expected Read(Question q, string slice) => !q.Rights.Slice(slice) ? Expected.Refused : q.Sees ? Expected.Of(200) : Expected.No;

    private static Expected Merge(Question q, string slice) => q.Slice(slice, Deed.Update, Privilege.Merge) is { Statuses: [200] } yes
        ? q.Gets(Deed.Delete) ? yes : Expected.Refused : q.Slice(slice, Deed.Update, Privilege.Merge);

    private static Expected OfOthers(Question q, params int[] statuses) => q.Audits ? Expected.Of(statuses) : Expected.No;

    private static Expected OfField(Question q, bool changes, params int[] statuses) => !q.Knows || q.IsElsewhere ? Expected.No
        : !changes || q.Rights.Has(Privilege.DataModel) ? Expected.Of(statuses) : Expected.Refused;

    // What holds of every slice, whatever it does: who may not is refused, and who does not see is told nothing and changes nothing.
    private static Expected Any(Route route, Question q) => !q.Rights.Slice(route.SliceName) ? new([400, 403, 422])
        : route.IsOfOne && route.Plural == q.Table.Plural && !q.Sees ? new([400, 403, 404, 409, 422])
        : new([200, 201, 202, 204, 400, 403, 404, 409, 422], q.Sees ? null : false);
}
