"""CSV and TSV of articles."""

from __future__ import annotations

import pytest

TEXT = "Shells fell on the harbour on Friday, the port authority said."


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", f'id,date,text,outlet\n1,2022-02-25,"{TEXT}",A\n'),
        ("a.csv", f'id;date;text;outlet\r\n1;25.02.2022;"{TEXT}";A\r\n'),
        ("a.tsv", f"id\tdate\ttext\toutlet\n1\t25 February 2022\t{TEXT}\tA\n"),
        ("a.csv", f'\ufeffText,Date,Newspaper,Headline\n"{TEXT}",2022-02-25,A,T'),
        ("a.csv", f'maintext,date_publish,date_download,source_domain\n"{TEXT}",2022-02-25 00:00:00,2023-01-01,A\n'),
    ],
)
def test_tables_of_common_tools_are_read(read, name, content):
    found = read(name, content)
    (report,) = found.reports
    assert (report.text, report.published, report.outlet) == (TEXT, "2022-02-25", "A")
    assert found.problems == []


def test_surplus_columns_are_passed_over(read):
    found = read("a.csv", f'a,text,b,date,c\n1,"{TEXT}",2,2022-02-25,"x, y"\n')
    assert (found.texts, found.dates, found.problems) == ([TEXT], ["2022-02-25"], [])


def test_empty_surplus_cells_are_passed_over(read):
    assert read("a.csv", f'date,text\n2022-02-25,"{TEXT}",,\n').problems == []


def test_a_row_with_more_cells_than_columns_is_skipped_and_named(read):
    found = read("a.csv", f'date,text\n2022-02-25,{TEXT}\n2022-02-26,"{TEXT}"\n')
    assert found.dates == ["2022-02-26"]
    assert found.told == "a.csv:2: has 3 cells for 2 columns (text with commas needs quotation marks); skipped"


def test_a_row_with_fewer_cells_is_read_and_told(read):
    found = read("a.csv", f'text,date,outlet,url\n"{TEXT}",2022-02-25\n')
    assert (found.texts, found.dates, found.skipped) == ([TEXT], ["2022-02-25"], [False])
    assert "2 cells for 4 columns" in found.told


def test_rows_are_named_by_the_line_they_begin_on(read):
    found = read("a.csv", f'text,date\n"{TEXT}\n\nMore.",2022-02-25\n"",2022-02-26\n"{TEXT}",soon\n')
    assert [(problem.line, problem.skipped) for problem in found.problems] == [(5, True), (6, False), (6, False)]


def test_a_cell_may_be_longer_than_csv_allows_by_itself(read):
    text = (TEXT + " ") * 20_000
    assert read("a.csv", f'text,date\n"{text}",2022-02-25\n').texts == [text]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8-sig", "utf-16", "utf-16-le"])
def test_tables_are_read_in_the_encodings_that_spreadsheets_write(read, encoding):
    text = TEXT + " “Café”"
    found = read("a.csv", f'text,date\n"{text}",2022-02-25\n'.encode(encoding))
    assert found.texts == [text]
    assert ("Windows-1252" in found.told) == (encoding == "cp1252")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("a,b\n1,2\n", "names no column that holds the text"),
        ("\n", "is empty"),
        (f"text\n{TEXT}\n", "2 cells for 1 column"),
    ],
)
def test_a_table_without_articles_gives_a_message_and_no_error(read, content, words):
    found = read("a.csv", content)
    assert found.reports == []
    assert words in found.told


def test_a_table_with_columns_and_no_rows_is_told(read):
    assert read("a.csv", "text,date\n").told == "a.csv: holds no articles"


def test_nul_characters_are_kept(read):
    assert read("a.csv", f'text,date\n"{TEXT}\x00",2022-02-25\n').texts == [TEXT + "\x00"]


def test_an_open_quotation_mark_swallows_the_rest_and_is_no_error(read):
    assert read("a.csv", f'text,date\n"{TEXT}\n{TEXT},2022-02-25\n').reports
