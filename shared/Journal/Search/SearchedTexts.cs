using CrmPlatform.Journal.Records;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CrmPlatform.Journal.Search;

/// <summary>
/// Makes the searched texts of all records of a type, and by what they are recognised, again when its class declares something else than what
/// they were made of.
/// Whoever changes a record meanwhile writes its text himself: a row is locked while its text is made.
/// </summary>
public sealed class SearchedTexts(NpgsqlConnection owner, IEnumerable<RecordType> types, ILogger log)
{
    private const int AtOnce = 1000;

    /// <summary>Looks at every type and makes what is missing, as the database's owner.</summary>
    public async Task Run(CancellationToken cancel)
    {
        foreach (var type in types.Where(t => t.Search.IsKept || t.IsRecognised))
        {
            if (await Declared(type, cancel) == type.Search.Declaration)
                continue;
            await Forget(type, cancel);
            var made = 0L;
            for ((Guid Tenant, Guid Id)? last = null; await Make(type, last, cancel) is { } next; last = next.Last)
                made += next.Made;
            await Declare(type, cancel);
            if (made > 0)
                log.LogInformation("{Database}: made {Texts} searched texts of {Record} records", owner.Database, made, type.Name);
        }
    }

    private async Task<((Guid Tenant, Guid Id) Last, int Made)?> Make(RecordType type, (Guid Tenant, Guid Id)? after, CancellationToken cancel)
    {
        await using var transaction = await owner.BeginTransactionAsync(cancel);
        var rows = new List<(Guid Tenant, Record Record)>();
        await using (var command = new NpgsqlCommand(
            $"select {type.Columns}, tenant from {type.Table} where (tenant, id) > ($1, $2) order by tenant, id limit {AtOnce} for update", owner))
        {
            command.Parameters.Add(new() { Value = after?.Tenant ?? Guid.Empty });
            command.Parameters.Add(new() { Value = after?.Id ?? Guid.Empty });
            await using var row = await command.ExecuteReaderAsync(cancel);
            while (await row.ReadAsync(cancel))
                rows.Add((row.GetGuid(row.FieldCount - 1), type.Read(row)));
        }
        if (rows.Count == 0)
            return null;
        await using var batch = new NpgsqlBatch(owner);
        foreach (var tenants in rows.GroupBy(r => r.Tenant))
        {
            if (type.Search.IsKept)
            {
                var texts = tenants.ToDictionary(r => r.Record.Id, r => type.Search.Of(r.Record));
                batch.BatchCommands.Add(SearchStatements.Keep(type.Search, tenants.Key, texts));
                batch.BatchCommands.Add(SearchStatements.Words(tenants.Key, SearchText.Words(texts.Values)));
            }
            if (type.IsRecognised)
            {
                var keys = tenants.SelectMany(r => KeyStatements.Of(r.Record).Select(key => (r.Record.Id, key)));
                batch.BatchCommands.Add(KeyStatements.Add(type, tenants.Key, [.. keys], areNew: false));
            }
        }
        await batch.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
        return ((rows[^1].Tenant, rows[^1].Record.Id), rows.Count);
    }

    private async Task Forget(RecordType type, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("delete from record_key where record = $1", owner) { Parameters = { new() { Value = type.Name } } };
        await command.ExecuteNonQueryAsync(cancel);
    }

    private async Task<string?> Declared(RecordType type, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select declaration from search_declaration where record = $1", owner)
        {
            Parameters = { new() { Value = type.Name } },
        };
        return await command.ExecuteScalarAsync(cancel) as string;
    }

    private async Task Declare(RecordType type, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            "insert into search_declaration (record, declaration) values ($1, $2) on conflict (record) do update set declaration = excluded.declaration", owner)
        {
            Parameters = { new() { Value = type.Name }, new() { Value = type.Search.Declaration } },
        };
        await command.ExecuteNonQueryAsync(cancel);
    }
}
