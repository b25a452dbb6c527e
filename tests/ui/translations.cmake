# Fails if a catalogue lacks a text of the window or the programs, has one unfinished, or still
# has one that is no more. Works on a copy; `ninja hookswitch_lupdate` brings the real ones up to
# date. Called with -DLUPDATE=... -DSOURCE_DIR=... -DWORK_DIR=...
file(GLOB catalogues ${SOURCE_DIR}/translations/*.ts)
if(NOT catalogues)
    message(FATAL_ERROR "there is no catalogue in ${SOURCE_DIR}/translations")
endif()
foreach(catalogue ${catalogues})
    get_filename_component(name ${catalogue} NAME)
    file(MAKE_DIRECTORY ${WORK_DIR})
    configure_file(${catalogue} ${WORK_DIR}/${name} COPYONLY)
    execute_process(
        COMMAND ${LUPDATE} -locations none -I ${SOURCE_DIR} -I ${SOURCE_DIR}/core ui app core/engine
            -ts ${WORK_DIR}/${name}
        WORKING_DIRECTORY ${SOURCE_DIR} RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
    if(NOT result EQUAL 0)
        message(FATAL_ERROR "lupdate failed: ${output}")
    endif()
    file(READ ${WORK_DIR}/${name} text)
    string(REGEX MATCHALL "<source>[^<]*</source>[^s]*(<comment>[^<]*</comment>|<extracomment>[^<]*</extracomment>)?[^<]*<translation[^>]*type=\"(unfinished|vanished|obsolete)\"" bad "${text}")
    string(REGEX MATCHALL "type=\"(unfinished|vanished|obsolete)\"" marks "${text}")
    if(marks)
        list(LENGTH marks count)
        string(REPLACE ";" "\n  " bad "${bad}")
        message(FATAL_ERROR "${name}: ${count} texts unfinished or out of date:\n  ${bad}")
    endif()
    string(REGEX MATCHALL "<source>" all "${text}")
    list(LENGTH all count)
    message(STATUS "${name}: ${count} texts, all translated")
endforeach()
