using Npgsql;

namespace CrmPlatform.Journal.Records;

/// <summary>Some columns of a record type, for who shows no more of it: what is not read is as if it were empty. Such a record is never written.</summary>
/// <param name="Columns">The columns.</param>
/// <param name="Count">How many they are.</param>
/// <param name="Read">Makes a record of a row that begins with them.</param>
internal sealed record Excerpt(string Columns, int Count, Func<NpgsqlDataReader, Record> Read);
